"""Messages as Discord's API takes them."""

from typing import Any, cast

from papers.models import Payload


def message_body(payload: Payload) -> dict[str, Any]:
    """A payload as it is sent: it pings the roles that it names and nobody else, whatever it says."""
    body = cast("dict[str, Any]", dict(payload))
    roles = body.get("allowed_mentions", {}).get("roles", [])
    return body | {"allowed_mentions": {"parse": [], "roles": [*roles]}}

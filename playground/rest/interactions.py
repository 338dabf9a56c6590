"""Routes by which a bot answers interactions; their token pays for them, not the global limit."""

from playground.errors import Json
from playground.interactions.interaction import Interaction
from playground.rest.calls import Call, Route


def callback(call: Call) -> Json | None:
    """The first answer."""
    response = call.services.interactions.take_callback(
        call.number("interaction_id"), call.path["interaction_token"], call.body
    )
    return response if call.query.get("with_response", "").lower() in {"1", "true"} else None


def follow_up(call: Call) -> Json:
    """Another message."""
    return call.services.interactions.follow_up(_interaction(call), call.body)


def message(call: Call) -> Json:
    """A message of the interaction."""
    return call.services.interactions.message(_interaction(call), _message_id(call))


def edit(call: Call) -> Json:
    """Changes a message of the interaction."""
    return call.services.interactions.edit(_interaction(call), _message_id(call), call.body)


def delete(call: Call) -> None:
    """Deletes a message of the interaction."""
    call.services.interactions.delete(_interaction(call), _message_id(call))


def _message_id(call: Call) -> int | None:
    return call.number("message_id") if "message_id" in call.path else None


def _interaction(call: Call) -> Interaction:
    return call.services.interactions.find(call.number("webhook_id"), call.path["webhook_token"])


_WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"

ROUTES = [
    Route(
        "POST",
        "/interactions/{interaction_id}/{interaction_token}/callback",
        callback,
        token_needed=False,
        exempt=True,
    ),
    Route("POST", _WEBHOOK, follow_up, token_needed=False, exempt=True),
    *(
        Route(method, f"{_WEBHOOK}/messages/{which}", handler, status, token_needed=False, exempt=True)
        for which in ("@original", "{message_id}")
        for method, handler, status in (("GET", message, 200), ("PATCH", edit, 200), ("DELETE", delete, 204))
    ),
]

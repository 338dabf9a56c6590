"""Routes by which a bot answers interactions; their token pays for them, not the global limit."""

from playground.errors import Json
from playground.interactions import Interaction
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
    return call.services.interactions.message(_interaction(call), call.path["message_id"])


def edit(call: Call) -> Json:
    """Changes a message of the interaction."""
    return call.services.interactions.edit(_interaction(call), call.path["message_id"], call.body)


def delete(call: Call) -> None:
    """Deletes a message of the interaction."""
    call.services.interactions.delete(_interaction(call), call.path["message_id"])


def _interaction(call: Call) -> Interaction:
    return call.services.interactions.find(call.number("webhook_id"), call.path["webhook_token"])


_WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
_MESSAGE = f"{_WEBHOOK}/messages/{{message_id}}"

ROUTES = [
    Route(
        "POST",
        "/interactions/{interaction_id}/{interaction_token}/callback",
        callback,
        token_needed=False,
        exempt=True,
    ),
    Route("POST", _WEBHOOK, follow_up, token_needed=False, exempt=True),
    Route("GET", _MESSAGE, message, token_needed=False, exempt=True),
    Route("PATCH", _MESSAGE, edit, token_needed=False, exempt=True),
    Route("DELETE", _MESSAGE, delete, status=204, token_needed=False, exempt=True),
]

"""Refusals, as Discord words them (Discord docs, "Opcodes and Status Codes")."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


class PlaygroundError(Exception):
    """What a person in the playground cannot do, or an application did not do; one sentence."""


class UnansweredError(PlaygroundError):
    """An application did not answer in time."""


@dataclass
class ApiError(Exception):
    """An answer other than success."""

    status: int
    code: int
    message: str
    errors: Json | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)

    def body(self) -> Json:
        """The JSON that Discord sends with it."""
        body: Json = {"message": self.message, "code": self.code, **self.extra}
        return body if self.errors is None else body | {"errors": self.errors}


@dataclass(frozen=True)
class Flaw:
    """What is wrong with one field of a body: where it stands, and Discord's code and words for it."""

    path: tuple[str | int, ...]
    code: str
    message: str


def invalid_form(flaws: Iterable[Flaw]) -> ApiError:
    """The refusal of a body (code 50035): the flaws under the paths of their fields."""
    errors: Json = {}
    for flaw in flaws:
        place = errors
        for step in flaw.path:
            place = place.setdefault(str(step), {})
        place.setdefault("_errors", []).append({"code": flaw.code, "message": flaw.message})
    return ApiError(400, 50035, "Invalid Form Body", errors)


def unauthorized() -> ApiError:
    """The token is missing or wrong."""
    return ApiError(401, 0, "401: Unauthorized")


def not_found() -> ApiError:
    """There is no such route."""
    return ApiError(404, 0, "404: Not Found")


def invalid_json() -> ApiError:
    """The body is no JSON."""
    return ApiError(400, 50109, "The request body contains invalid JSON.")


def unknown_channel() -> ApiError:
    """There is no such channel."""
    return ApiError(404, 10003, "Unknown Channel")


def unknown_guild() -> ApiError:
    """There is no such server."""
    return ApiError(404, 10004, "Unknown Guild")


def unknown_message() -> ApiError:
    """There is no such message."""
    return ApiError(404, 10008, "Unknown Message")


def unknown_user() -> ApiError:
    """There is no such user."""
    return ApiError(404, 10013, "Unknown User")


def unknown_webhook() -> ApiError:
    """There is no such webhook or interaction token."""
    return ApiError(404, 10015, "Unknown Webhook")


def invalid_webhook_token() -> ApiError:
    """The interaction's token lived its 15 minutes."""
    return ApiError(401, 50027, "Invalid Webhook Token")


def unknown_interaction() -> ApiError:
    """The interaction is unknown, or was not answered in time."""
    return ApiError(404, 10062, "Unknown interaction")


def already_acknowledged() -> ApiError:
    """The interaction has its first answer already."""
    return ApiError(400, 40060, "Interaction has already been acknowledged.")


def missing_access() -> ApiError:
    """The bot cannot see the channel."""
    return ApiError(403, 50001, "Missing Access")


def missing_permissions() -> ApiError:
    """The bot may not do that there."""
    return ApiError(403, 50013, "Missing Permissions")


def not_the_author() -> ApiError:
    """Somebody else wrote the message."""
    return ApiError(403, 50005, "Cannot edit a message authored by another user")


def empty_message() -> ApiError:
    """The message has neither text nor embeds nor components."""
    return ApiError(400, 50006, "Cannot send an empty message")


def cannot_message_user() -> ApiError:
    """The person takes no messages from the bot."""
    return ApiError(403, 50007, "Cannot send messages to this user")


def no_mutual_guild() -> ApiError:
    """The person and the bot share no server."""
    return ApiError(403, 50278, "Cannot send messages to this user due to having no mutual guilds")


def not_a_text_channel() -> ApiError:
    """Messages cannot stand in that channel."""
    return ApiError(400, 50008, "Cannot send messages in a non-text channel")


def thread_exists() -> ApiError:
    """The message has a thread already."""
    return ApiError(400, 160004, "A thread has already been created for this message")


def thread_archived() -> ApiError:
    """The thread must be opened again first."""
    return ApiError(400, 50083, "Thread is archived")


def thread_locked() -> ApiError:
    """Only those who manage threads may write in the thread."""
    return ApiError(403, 160005, "Thread is locked")


def tag_required() -> ApiError:
    """The forum wants a tag on every post."""
    return ApiError(400, 40067, "A tag is required to create a forum post in this channel")


def already_crossposted() -> ApiError:
    """The message was published before."""
    return ApiError(400, 40033, "This message has already been crossposted.")


def unknown_command() -> ApiError:
    """There is no such command."""
    return ApiError(404, 10063, "Unknown application command")


def unknown_member() -> ApiError:
    """Somebody is no member of that server."""
    return ApiError(404, 10007, "Unknown Member")


def wrong_channel_type() -> ApiError:
    """That cannot be done in a channel of this type."""
    return ApiError(400, 50024, "Cannot execute action on this channel type")

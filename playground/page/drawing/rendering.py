"""The playground's messages, posts and forms as HTML, as one person sees them."""

from collections.abc import Iterable

from markupsafe import Markup

from playground.errors import Json
from playground.messages import EPHEMERAL, LOADING, SUPPRESS_EMBEDS
from playground.page.drawing.names import Known
from playground.page.drawing.plain_text import one_line
from playground.page.drawing.posts import posts
from playground.page.drawing.sketch import Sketch
from playground.page.environment import ENVIRONMENT
from playground.world import Channel, User, World

SPOKEN = 200
"""Characters of a message that a screen reader announces."""

_QUOTED = 100


class Renderer:
    """Draws what somebody sees."""

    def __init__(self, world: World, viewer: User) -> None:
        self._world = world
        self._viewer = viewer

    def message(self, message: Json, channel: Channel) -> Markup:
        """A message as a list item.

        Args:
            message: Discord's JSON.
            channel: where it stands.
        """
        known = Known(self._world, self._viewer, channel)
        return _draw(
            "message.html",
            message=message,
            show=Sketch(known, f"m-{message['id']}", message["id"]),
            classes=_classes(message, known),
            embeds=[] if message["flags"] & SUPPRESS_EMBEDS else message["embeds"],
            answered=_answered(message, channel, known),
            thread=self._thread(message, channel),
            private=bool(message["flags"] & EPHEMERAL),
            thinking=bool(message["flags"] & LOADING),
        )

    def messages(self, messages: Iterable[Json], channel: Channel) -> Markup:
        """Messages of a channel as list items, in their order."""
        return Markup().join(self.message(message, channel) for message in messages)

    def posts(self, forum: Channel) -> Markup:
        """The posts of a forum as list items, the one with the newest message first."""
        return _draw("posts.html", posts=posts(self._world, self._viewer, forum))

    def modal(self, modal: Json, channel: Channel) -> Markup:
        """The fields of a form.

        Args:
            modal: Discord's JSON.
            channel: where it opened; it says which people, roles and channels its menus offer.
        """
        show = Sketch(Known(self._world, self._viewer, channel), "field")
        return _draw("modal.html", components=modal["components"], show=show)

    def plain(self, message: Json) -> str:
        """A message in a line of plain text, without who wrote it; at most `SPOKEN` characters."""
        channel = self._world.channels.get(int(message["channel_id"]))
        return one_line(message, Known(self._world, self._viewer, channel), SPOKEN)

    def _thread(self, message: Json, channel: Channel) -> Channel | None:
        """The thread that begins at a message: it has the message's id."""
        thread = self._world.channels.get(int(message["id"]))
        return thread if thread is not None and thread.parent_id == channel.id else None


def _draw(template: str, **values: object) -> Markup:
    return Markup(ENVIRONMENT.get_template(template).render(values))  # noqa: S704 - the template escapes


def _classes(message: Json, known: Known) -> list[str]:
    mentioned = (
        message["mention_everyone"]
        or any(user["id"] == str(known.viewer.id) for user in message["mentions"])
        or any(int(role) in known.own_roles() for role in message["mention_roles"])
    )
    states = {
        "private": message["flags"] & EPHEMERAL,
        "thinking": message["flags"] & LOADING,
        "mentions-me": mentioned,
    }
    return ["message", *(name for name, holds in states.items() if holds)]


def _answered(message: Json, channel: Channel, known: Known) -> tuple[str, str] | None:
    """Who wrote the message that is answered, and what; None where none is."""
    answered = message.get("referenced_message")
    if answered is None:
        return None
    if int(answered["id"]) not in channel.messages:
        return "", "Original message was deleted."
    return answered["author"]["username"], one_line(answered, known, _QUOTED)

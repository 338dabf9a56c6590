"""A small world whose messages are drawn, with no server around it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from playground import permissions
from playground.errors import Json
from playground.forms.base import read
from playground.forms.messages import MessageForm
from playground.messages import Messages
from playground.page.drawing.rendering import Renderer
from playground.world import Application, Channel, Guild, User, World
from support.markup import Element, parse

NOON = datetime(2026, 7, 18, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Drawn:
    """Who and what there is; `member` looks."""

    world: World
    messages: Messages
    bot: Application
    owner: User
    member: User
    guild: Guild
    channel: Channel

    def post(self, body: Json, *, author: User | None = None, channel: Channel | None = None) -> Json:
        """Posts a message, as the bot unless somebody else is said."""
        form = read(MessageForm, body)
        return self.messages.post(author or self.bot.user, channel or self.channel, form)

    def private(self, body: Json, flags: int) -> Json:
        """A message of the bot's with flags that only answers to interactions have; it is in no channel."""
        return self.messages.make(self.bot.user, self.channel, read(MessageForm, body), flags)

    def show(self, message: Json, viewer: User | None = None) -> Element:
        """The list item that a message becomes."""
        return parse(str(self.renderer(viewer).message(message, self.channel))).one(css="message")

    def shown(self, body: Json) -> Element:
        """The list item that a message of the bot's becomes."""
        return self.show(self.post(body))

    def renderer(self, viewer: User | None = None) -> Renderer:
        """Draws for the member, or somebody else."""
        return Renderer(self.world, viewer or self.member)


def world() -> Drawn:
    """A server with its owner, a member, a bot and a channel."""
    made = World(lambda: NOON)
    bot = made.add_application("Paperboy", "token")
    owner, member = made.add_user("olga"), made.add_user("mika")
    guild = made.add_guild("Reading group", owner, permissions.MEMBER)
    for user in (member, bot.user):
        made.join(guild, user)
    channel = made.add_channel(guild, "papers")
    return Drawn(made, Messages(made), bot, owner, member, guild, channel)


def with_components(*components: Json) -> Json:
    """The body of a message made of components (flag `1 << 15`)."""
    return {"components": list(components), "flags": 1 << 15}


def in_row(*components: Json) -> Json:
    """The body of a message with a row of components."""
    return {"content": "row", "components": [{"type": 1, "components": list(components)}]}

"""A publisher that is logged in, the town it posts to, and messages for it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.client import PaperboyClient
from bot.publisher import DiscordPublisher
from papers.models import Destination, DestinationKind, Kind, OutboxMessage, Payload, PostedMessage
from playground.faults import Effect, Fault
from playground.world import Channel, ChannelType, User
from support.clock import SetClock
from support.discord_client import logged_in
from support.discord_town import DAY, TOKEN, ManualTime, Town, inhabited

ID = "0123456789abcdef0123"
OTHER_ID = "f" * 20
HOUR = timedelta(hours=1)

MESSAGES = "/channels/{channel_id}/messages"
MESSAGE = f"{MESSAGES}/{{message_id}}"
THREADS = f"{MESSAGE}/threads"
CROSSPOST = f"{MESSAGE}/crosspost"
POSTS = "/channels/{channel_id}/threads"
CHANNEL = "/channels/{channel_id}"


def card(outbox_id: str = ID, *, title: str = "Tides") -> dict[str, Any]:
    """A message with an embed and a button that carries the id."""
    button = {"type": 2, "style": 2, "label": "More", "custom_id": f"card:{outbox_id}:2606.01001"}
    return {"embeds": [{"title": title}], "components": [{"type": 1, "components": [button]}]}


def post(outbox_id: str = ID, *tags: str, title: str = "Tides") -> Payload:
    """A forum post with a card in it."""
    return {"name": title, "tags": [*tags], "message": card(outbox_id, title=title)}


def place(channel: Channel) -> Destination:
    """A channel, thread or forum."""
    return Destination(kind=DestinationKind.CHANNEL, target_id=channel.id, guild_id=channel.guild_id)


def person(user: User) -> Destination:
    """Somebody's direct messages."""
    return Destination(kind=DestinationKind.DIRECT, target_id=user.id)


def outbox_message(
    destination: Destination,
    payload: Mapping[str, Any] | None = None,
    *,
    kind: Kind = Kind.MESSAGE,
    outbox_id: str = ID,
    after_id: int | None = None,
) -> OutboxMessage:
    """A step at Discord that is claimed for the first time."""
    return OutboxMessage(
        id=outbox_id,
        kind=kind,
        destination=destination,
        after_id=after_id,
        payload=card(outbox_id) if payload is None else payload,
        attempts=1,
        uncertain=False,
        first_claimed_at=DAY,
        planned_at=DAY,
    )


def posted(
    destination: Destination, message_id: int, *, channel_id: int | None = None, kind: Kind = Kind.MESSAGE
) -> PostedMessage:
    """A message that stands somewhere."""
    return PostedMessage(
        outbox_id=ID,
        destination=destination,
        channel_id=channel_id or destination.target_id,
        message_id=message_id,
        kind=kind,
        papers=(),
        shown="",
    )


@dataclass
class Counter:
    """A publisher that is logged in, and the town it posts to.

    Attributes:
        time: the seconds by which the publisher asks anew about forums.
    """

    town: Town
    clock: SetClock
    publisher: DiscordPublisher
    time: ManualTime = field(default_factory=ManualTime)

    def fails(self, effect: Effect, method: str = "POST", route: str = MESSAGES, **more: Any) -> None:  # noqa: ANN401 - fields of a fault
        """Makes the next request of that kind fail."""
        self.town.playground.faults.add(Fault(effect, method, route, **more))

    async def publish(self, outbox_id: str = ID) -> int:
        """Posts a card to the channel."""
        return await self.publisher.publish(outbox_message(place(self.town.channel), outbox_id=outbox_id))

    async def find(self, outbox_id: str = ID) -> int | None:
        """Looks for that card, one hour back."""
        message = outbox_message(place(self.town.channel), outbox_id=outbox_id)
        return await self.publisher.find(message, since=self.clock.now() - HOUR)

    def chat(self, messages: int) -> None:
        """People write in the channel."""
        for number in range(messages):
            self.town.playground.say(self.town.member, self.town.channel, f"{number} {ID}")

    def asked(self, method: str = "POST", route: str = MESSAGES) -> list[object]:
        """The bodies of the requests of that kind."""
        records = self.town.playground.log.records
        return [each.body for each in records if each.route == route and each.method == method]

    def forum(self, *tags: str) -> Channel:
        """A new forum."""
        return self.town.playground.world.add_channel(self.town.guild, "forum", ChannelType.FORUM, tags=tags)

    def news(self) -> Channel:
        """A new announcement channel."""
        return self.town.playground.world.add_channel(self.town.guild, "news", ChannelType.ANNOUNCEMENT)


async def _nothing(_application_id: int) -> None:
    """The database has nothing to remember."""


@asynccontextmanager
async def publishing() -> AsyncIterator[Counter]:
    """A publisher for the length of a test."""
    clock, seconds = SetClock(DAY), ManualTime()
    async with inhabited(now=clock.now, real_time=True) as town:
        client = PaperboyClient(on_login=_nothing)
        async with logged_in(town.playground, client, TOKEN):
            yield Counter(town, clock, DiscordPublisher(client, monotonic=seconds), seconds)

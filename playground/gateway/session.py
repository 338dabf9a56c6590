"""A bot's session, which outlives its connection."""

from collections import deque
from dataclasses import dataclass, field

from playground.errors import Json
from playground.gateway.connection import Connection
from playground.gateway.protocol import Op
from playground.world import Application

KEPT_EVENTS = 1_000


@dataclass(eq=False)
class Session:
    """What one shard of a bot hears.

    Attributes:
        shard: its number, and how many there are.
        sequence: the number of the newest event.
        connection: None while the client is away.
    """

    id: str
    application: Application
    intents: int
    shard: tuple[int, int] = (0, 1)
    sequence: int = 0
    connection: Connection | None = None
    _events: deque[Json] = field(default_factory=lambda: deque(maxlen=KEPT_EVENTS))

    def dispatch(self, name: str, data: Json) -> None:
        """Sends an event, and keeps it for when the session is resumed."""
        self.sequence += 1
        event: Json = {"op": int(Op.DISPATCH), "t": name, "s": self.sequence, "d": data}
        self._events.append(event)
        if self.connection is not None:
            self.connection.send(event)

    def can_resume_after(self, seen: int) -> bool:
        """Whether every event after that one is still kept."""
        return self.sequence - len(self._events) <= seen <= self.sequence

    def resume(self, connection: Connection, seen: int) -> None:
        """Goes on over a new connection, beginning with what was missed."""
        for event in self._events:
            if event["s"] > seen:
                connection.send(event)
        self.connection = connection
        self.dispatch("RESUMED", {})

    def sees(self, guild_id: int | None) -> bool:
        """Whether events of a server, or of direct messages (None), come to this shard."""
        return reaches(self.shard, guild_id)


def reaches(shard: tuple[int, int], guild_id: int | None) -> bool:
    """Whether what happens in a server, or in direct messages (None), comes to a shard.

    Discord docs, "Sharding": `(guild_id >> 22) % num_shards`.
    """
    number, shards = shard
    return number == ((guild_id >> 22) % shards if guild_id is not None else 0)

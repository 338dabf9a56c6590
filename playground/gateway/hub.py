"""All sessions, and what each is told."""

import asyncio
import secrets
from collections import Counter
from collections.abc import Callable, Iterable
from math import ceil

from playground import permissions, views
from playground.errors import Json
from playground.gateway.connection import Connection
from playground.gateway.forms import MembersForm
from playground.gateway.intents import Intent
from playground.gateway.members import chunks
from playground.gateway.protocol import Op, payload
from playground.gateway.session import Session, reaches
from playground.world import Application, Channel, Event, Guild, World

STARTS_A_DAY = 1_000
MOST_SERVERS, ADVISED_SERVERS = 2_500, 1_000
"""How many servers one shard may have, and has at most if the client takes Discord's advice (docs, "Sharding")."""

AWAY_KEPT = 4
"""Sessions of one shard whose clients are away; Discord does not say how long it keeps them."""

_CONTENT = {"content": "", "embeds": [], "components": []}


class Gateway:
    """The gateway.

    Attributes:
        sessions: by their id, also those whose client is away.
        starts: how many sessions each application began.
        acknowledging: whether heartbeats are answered.
        unanswered: the applications whose heartbeats are not.
        heartbeat_interval: seconds between two of a client's heartbeats.
    """

    def __init__(
        self,
        world: World,
        *,
        url: Callable[[], str],
        heartbeat_interval: float = 41.25,
    ) -> None:
        self.world = world
        self.url = url
        self.sessions: dict[str, Session] = {}
        self.starts: Counter[int] = Counter()
        self.acknowledging = True
        self.unanswered: set[int] = set()
        self.heartbeat_interval = heartbeat_interval
        world.listen(self.tell)

    def begin(
        self, application: Application, intents: int, shard: tuple[int, int], connection: Connection
    ) -> Session | None:
        """Begins a session with READY, and the servers where the client wants to hear of them.

        Returns:
            The session; None where the shard would have too many servers.
        """
        guilds = self.guilds(application, shard)
        if len(guilds) > MOST_SERVERS:
            return None
        self.starts[application.id] += 1
        self._forget_away(application, shard)
        session = Session(secrets.token_hex(16), application, intents, shard, connection=connection)
        self.sessions[session.id] = session
        session.dispatch("READY", self._ready(session, guilds))
        if intents & Intent.GUILDS:
            for guild in guilds:
                session.dispatch("GUILD_CREATE", views.gateway_guild(self.world, guild))
        return session

    def guilds(self, application: Application, shard: tuple[int, int] = (0, 1)) -> list[Guild]:
        """The servers that a shard of an application hears of."""
        return [
            guild
            for guild in self.world.guilds.values()
            if application.id in guild.members and reaches(shard, guild.id)
        ]

    def advised_shards(self, application: Application) -> int:
        """How many shards an application should use."""
        return max(1, ceil(len(self.guilds(application)) / ADVISED_SERVERS))

    def dispatch_interaction(self, application: Application, guild_id: int | None, data: Json) -> bool:
        """Sends an interaction to the shard that it concerns; False where none is connected."""
        for session in self._connected():
            if session.application is application and session.sees(guild_id):
                session.dispatch("INTERACTION_CREATE", data)
                return True
        return False

    def tell_members(self, session: Session, form: MembersForm) -> None:
        """Answers a client that asks for members of a server; one the bot is not in tells it nothing."""
        guild = self.world.guilds.get(form.guild_id)
        if guild is None or session.application.id not in guild.members or not session.sees(guild.id):
            return
        for chunk in chunks(guild, form, everybody=bool(session.intents & Intent.GUILD_MEMBERS)):
            session.dispatch("GUILD_MEMBERS_CHUNK", chunk)

    def acknowledges(self, session: Session | None) -> bool:
        """Whether the heartbeats of a client are answered."""
        return self.acknowledging and (session is None or session.application.id not in self.unanswered)

    async def close_all(
        self, code: int, *, application: Application | None = None, resumable: bool = True
    ) -> None:
        """Closes the connections (of one application or all) with a code; sessions not resumable are gone."""
        connections = self._connections(application)
        if not resumable:
            self._drop(application)
        await asyncio.gather(*(connection.close(code) for connection in connections))

    def cut_all(self, application: Application | None = None) -> None:
        """Breaks the connections without a word; the sessions can be resumed."""
        for connection in self._connections(application):
            connection.cut()

    def invalidate_all(self, *, application: Application | None = None, resumable: bool = False) -> None:
        """Tells clients that their session is invalid, and no more until they resume.

        A session that is not resumable is gone.
        """
        self._send_to_all(payload(Op.INVALID_SESSION, resumable), application)
        for session in self._of(application):
            session.connection = None
        if not resumable:
            self._drop(application)

    def ask_to_reconnect(self, application: Application | None = None) -> None:
        """Asks clients to connect anew and resume."""
        self._send_to_all(payload(Op.RECONNECT), application)

    def _send_to_all(self, message: Json, application: Application | None) -> None:
        for connection in self._connections(application):
            connection.send(message)

    def _of(self, application: Application | None) -> list[Session]:
        """The sessions of an application, or all."""
        return [item for item in self.sessions.values() if application in (None, item.application)]

    def _connections(self, application: Application | None = None) -> list[Connection]:
        return [item.connection for item in self._of(application) if item.connection is not None]

    def _connected(self) -> Iterable[Session]:
        return (session for session in self.sessions.values() if session.connection is not None)

    def _drop(self, application: Application | None) -> None:
        for session in self._of(application):
            del self.sessions[session.id]

    def _forget_away(self, application: Application, shard: tuple[int, int]) -> None:
        sessions = [item for item in self._of(application) if item.shard == shard and item.connection is None]
        for session in sessions[:-AWAY_KEPT]:
            del self.sessions[session.id]

    def _ready(self, session: Session, guilds: list[Guild]) -> Json:
        return {
            "v": 10,
            "user": views.own_user(session.application.user),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url(),
            "shard": list(session.shard),
            "application": {"id": str(session.application.id), "flags": 0},
        }

    def tell(self, event: Event) -> None:
        """Tells the sessions that see an event and asked for its kind."""
        needed = _needed(event)
        for session in self.sessions.values():
            if session.intents & needed and session.sees(event.guild_id) and self._may_see(session, event):
                session.dispatch(event.name, self._shown(session, event))

    def _may_see(self, session: Session, event: Event) -> bool:
        user, channel = session.application.user, event.channel
        if event.only is not None and event.only != user.id:
            return False
        if event.guild_id is None:
            return channel is not None and user in channel.recipients
        guild = self.world.guild(event.guild_id)
        if user.id not in guild.members:
            return False
        return (
            channel is None or event.name.startswith("CHANNEL_") or permissions.sees(guild, channel, user.id)
        )

    def _shown(self, session: Session, event: Event) -> Json:
        if event.name == "GUILD_CREATE":
            return views.gateway_guild(self.world, self.world.guild(event.guild_id or 0))
        if event.channel is not None and event.name.startswith(("CHANNEL_", "THREAD_UPDATE")):
            return views.channel(self.world, event.channel)
        if event.channel is not None and event.name == "THREAD_DELETE":
            return _gone(event.channel)
        if event.guild_id is None:
            return dict(event.data)
        data = event.data | {"guild_id": str(event.guild_id)}
        return data if "content" not in data or _may_read(session, data) else data | _CONTENT


def _gone(thread: Channel) -> Json:
    return {
        "id": str(thread.id),
        "guild_id": str(thread.guild_id),
        "parent_id": str(thread.parent_id),
        "type": int(thread.type),
    }


def _needed(event: Event) -> int:
    if event.name == "TYPING_START":
        return Intent.DIRECT_MESSAGE_TYPING if event.guild_id is None else Intent.GUILD_MESSAGE_TYPING
    if not event.name.startswith("MESSAGE_"):
        return Intent.GUILDS
    return Intent.DIRECT_MESSAGES if event.guild_id is None else Intent.GUILD_MESSAGES


def _may_read(session: Session, message: Json) -> bool:
    """A bot reads its own messages and those that mention it, others with MESSAGE_CONTENT."""
    own = str(session.application.id)
    concerned = [message["author"], *message["mentions"]]
    return bool(session.intents & Intent.MESSAGE_CONTENT) or own in {user["id"] for user in concerned}

"""The gateway: sessions over a WebSocket (Discord docs, "Gateway")."""

import asyncio
import json
import secrets
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum

from aiohttp import WSMsgType, web

from playground import views
from playground.errors import Json
from playground.world import Application, Channel, Guild, World

GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 0, 1 << 9, 1 << 12, 1 << 15
_KEPT_EVENTS = 1_000


class Op(IntEnum):
    """Discord docs, "Gateway Opcodes"."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    RESUME = 6
    RECONNECT = 7
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class Close(IntEnum):
    """Discord docs, "Gateway Close Event Codes"."""

    UNKNOWN_ERROR = 4000
    DECODE_ERROR = 4002
    NOT_AUTHENTICATED = 4003
    AUTHENTICATION_FAILED = 4004
    INVALID_SEQUENCE = 4007
    SESSION_TIMED_OUT = 4009


@dataclass
class Session:
    """A bot's session, which outlives its connection."""

    id: str
    application: Application
    intents: int
    shard: tuple[int, int]
    sequence: int = 0
    events: list[Json] = field(default_factory=list)
    connection: "Connection | None" = None

    def dispatch(self, name: str, data: Json) -> None:
        """Sends an event, or keeps it until the session is resumed."""
        self.sequence += 1
        event: Json = {"op": Op.DISPATCH, "t": name, "s": self.sequence, "d": data}
        self.events = [*self.events[-_KEPT_EVENTS:], event]
        if self.connection is not None:
            self.connection.send(event)

    def sees(self, guild_id: int | None) -> bool:
        """Whether events of a server, or of direct messages (None), come to this shard."""
        number, shards = self.shard
        return number == ((guild_id >> 22) % shards if guild_id is not None else 0)


class Connection:
    """One WebSocket, which may compress what it sends."""

    def __init__(self, socket: web.WebSocketResponse, *, compress: bool) -> None:
        self.socket = socket
        self._deflate = zlib.compressobj() if compress else None
        self._queue: asyncio.Queue[Json] = asyncio.Queue()
        self._sender = asyncio.create_task(self._send_all())

    def send(self, payload: Json) -> None:
        """Sends a payload after those before it."""
        self._queue.put_nowait(payload)

    async def close(self, code: int) -> None:
        """Closes the WebSocket with a code."""
        await self.socket.close(code=code)

    def end(self) -> None:
        """Stops sending."""
        self._sender.cancel()

    async def _send_all(self) -> None:
        while True:
            text = json.dumps(await self._queue.get())
            try:
                if self._deflate is None:
                    await self.socket.send_str(text)
                else:
                    flushed = self._deflate.compress(text.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
                    await self.socket.send_bytes(flushed)
            except ConnectionResetError:
                return


class Gateway:
    """All sessions, and what a bot is told.

    Attributes:
        acknowledging: whether heartbeats are answered.
        heartbeat_interval: seconds between two of a client's heartbeats.
    """

    def __init__(self, world: World, *, url: Callable[[], str], heartbeat_interval: float = 41.25) -> None:
        self.world = world
        self.sessions: dict[str, Session] = {}
        self.acknowledging = True
        self.heartbeat_interval = heartbeat_interval
        self._url = url
        world.listen(self._tell_of_message)

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serves one connection."""
        socket = web.WebSocketResponse(max_msg_size=2**20)
        await socket.prepare(request)
        connection = Connection(socket, compress=request.query.get("compress") == "zlib-stream")
        connection.send(
            {
                "op": Op.HELLO,
                "s": None,
                "t": None,
                "d": {"heartbeat_interval": int(self.heartbeat_interval * 1000)},
            }
        )
        session: Session | None = None
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    session = await self._receive(connection, session, frame.data)
        finally:
            connection.end()
            if session is not None and session.connection is connection:
                session.connection = None
        return socket

    def dispatch_interaction(self, application: Application, guild_id: int | None, data: Json) -> bool:
        """Sends an interaction to the application's session that it concerns; whether there is one connected."""
        for session in self.sessions.values():
            if session.application is application and session.connection and session.sees(guild_id):
                session.dispatch("INTERACTION_CREATE", data)
                return True
        return False

    def connected(self) -> list[Connection]:
        """All connections of identified sessions."""
        return [session.connection for session in self.sessions.values() if session.connection]

    async def close_all(self, code: int) -> None:
        """Closes every connection with a code; sessions can be resumed."""
        for connection in self.connected():
            await connection.close(code)

    def invalidate_all(self) -> None:
        """Tells every client that its session is gone."""
        connections = self.connected()
        self.sessions.clear()
        for connection in connections:
            connection.send({"op": Op.INVALID_SESSION, "d": False, "s": None, "t": None})

    def ask_to_reconnect(self) -> None:
        """Asks every client to connect anew and resume."""
        for connection in self.connected():
            connection.send({"op": Op.RECONNECT, "d": None, "s": None, "t": None})

    async def _receive(self, connection: Connection, session: Session | None, text: str) -> Session | None:
        try:
            payload = json.loads(text)
            op, data = payload["op"], payload.get("d")
        except (ValueError, KeyError, TypeError):
            await connection.close(Close.DECODE_ERROR)
            return session
        if op == Op.HEARTBEAT:
            if self.acknowledging:
                connection.send({"op": Op.HEARTBEAT_ACK, "d": None, "s": None, "t": None})
        elif op == Op.IDENTIFY:
            return await self._identify(connection, data)
        elif op == Op.RESUME:
            return await self._resume(connection, data)
        elif session is None:
            await connection.close(Close.NOT_AUTHENTICATED)
        return session

    async def _identify(self, connection: Connection, data: Json) -> Session | None:
        application = self.world.by_token(str(data.get("token")))
        if application is None:
            await connection.close(Close.AUTHENTICATION_FAILED)
            return None
        number, shards = data.get("shard") or (0, 1)
        session = Session(secrets.token_hex(16), application, int(data.get("intents") or 0), (number, shards))
        session.connection = connection
        self.sessions[session.id] = session
        guilds = [guild for guild in self.world.guilds.values() if self._is_in(application, guild, session)]
        session.dispatch("READY", self._ready(session, guilds))
        if session.intents & GUILDS:
            for guild in guilds:
                session.dispatch("GUILD_CREATE", views.gateway_guild(self.world, guild))
        return session

    def _ready(self, session: Session, guilds: list[Guild]) -> Json:
        return {
            "v": 10,
            "user": views.user(session.application.user)
            | {"verified": True, "mfa_enabled": True, "email": None},
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self._url(),
            "shard": list(session.shard),
            "application": {"id": str(session.application.id), "flags": 0},
        }

    @staticmethod
    def _is_in(application: Application, guild: Guild, session: Session) -> bool:
        return application.id in guild.members and session.sees(guild.id)

    async def _resume(self, connection: Connection, data: Json) -> Session | None:
        session = self.sessions.get(str(data.get("session_id")))
        if session is None or session.application.token != data.get("token"):
            connection.send({"op": Op.INVALID_SESSION, "d": False, "s": None, "t": None})
            return None
        seen = int(data.get("seq") or 0)
        if seen > session.sequence:
            await connection.close(Close.INVALID_SEQUENCE)
            return None
        for event in session.events:
            if event["s"] > seen:
                connection.send(event)
        session.connection = connection
        session.dispatch("RESUMED", {})
        return session

    def _tell_of_message(self, event: str, channel: Channel, message: Json) -> None:
        needed = DIRECT_MESSAGES if channel.guild_id is None else GUILD_MESSAGES
        data = message | ({} if channel.guild_id is None else {"guild_id": str(channel.guild_id)})
        if event == "MESSAGE_DELETE":
            data = {name: data[name] for name in ("id", "channel_id", "guild_id") if name in data}
        for session in self.sessions.values():
            if (
                session.intents & needed
                and session.sees(channel.guild_id)
                and self._may_see(session, channel)
            ):
                session.dispatch(event, data)

    def _may_see(self, session: Session, channel: Channel) -> bool:
        if channel.guild_id is None:
            return session.application.user in channel.recipients
        return session.application.id in self.world.guild(channel.guild_id).members

"""What is said over one connection, from HELLO to the end."""

import json
from collections import deque
from collections.abc import Callable

from aiohttp import WSCloseCode, WSMsgType, web

from playground.errors import ApiError
from playground.forms.base import read
from playground.gateway.connection import Connection, compression
from playground.gateway.forms import IdentifyForm, MembersForm, PayloadForm, ResumeForm
from playground.gateway.hub import Gateway
from playground.gateway.intents import EVERY_BIT
from playground.gateway.protocol import Close, Op, payload
from playground.gateway.session import Session
from playground.world import Application

MOST_SENDS, WITHIN = 120, 60.0
"""How often a client may say something, and in how many seconds."""

_ENDS = {WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR}
_GOODBYES = {WSCloseCode.OK, WSCloseCode.GOING_AWAY}
"""With these codes a client ends its session; any other can be resumed (Discord docs, "Initiating a Disconnect")."""

_HEARD_ONLY = {Op.PRESENCE_UPDATE, Op.VOICE_STATE_UPDATE, Op.REQUEST_MEMBERS}


_LARGEST_FRAME = 2**20


async def converse(
    gateway: Gateway, request: web.Request, monotonic: Callable[[], float]
) -> web.WebSocketResponse:
    """Serves one connection, from its first frame to its last."""
    socket = web.WebSocketResponse(max_msg_size=_LARGEST_FRAME)
    await socket.prepare(request)
    connection = Connection(socket, compression(request.query.get("compress")), request.transport)
    await Conversation(gateway, socket, connection, monotonic).hold()
    return socket


class Conversation:
    """One client that is connected."""

    def __init__(
        self,
        gateway: Gateway,
        socket: web.WebSocketResponse,
        connection: Connection,
        monotonic: Callable[[], float],
    ) -> None:
        self._gateway = gateway
        self._socket = socket
        self._connection = connection
        self._monotonic = monotonic
        self._said: deque[float] = deque(maxlen=MOST_SENDS)
        self._session: Session | None = None

    async def hold(self) -> None:
        """Says hello, and listens until the connection ends."""
        interval = int(self._gateway.heartbeat_interval * 1000)
        self._connection.send(payload(Op.HELLO, {"heartbeat_interval": interval}))
        try:
            while (frame := await self._socket.receive()).type not in _ENDS:
                code = self._hear(frame.data) if frame.type is WSMsgType.TEXT else Close.DECODE_ERROR
                if code is not None:
                    await self._connection.close(code)
            self._leave(for_good=frame.type is WSMsgType.CLOSE and frame.data in _GOODBYES)
        finally:
            self._connection.end()
            self._leave(for_good=False)

    @property
    def _going_on(self) -> Session | None:
        """The session, unless it was invalidated or goes on over another connection."""
        session = self._session
        return session if session is not None and session.connection is self._connection else None

    def _leave(self, *, for_good: bool) -> None:
        session = self._going_on
        if session is None:
            return
        session.connection = None
        if for_good:
            self._gateway.sessions.pop(session.id, None)

    def _hear(self, text: str) -> Close | None:
        """Takes a payload; the code with which the connection must be closed for it, if any."""
        now = self._monotonic()
        if len(self._said) == MOST_SENDS and now - self._said[0] < WITHIN:
            return Close.RATE_LIMITED
        self._said.append(now)
        try:
            said = read(PayloadForm, json.loads(text))
            return self._obey(said)
        except (ValueError, ApiError):
            return Close.DECODE_ERROR

    def _obey(self, said: PayloadForm) -> Close | None:
        match said.op:
            case Op.HEARTBEAT:
                if self._gateway.acknowledges(self._session):
                    self._connection.send(payload(Op.HEARTBEAT_ACK))
                return None
            case Op.IDENTIFY:
                return self._identify(read(IdentifyForm, said.d))
            case Op.RESUME:
                return self._resume(read(ResumeForm, said.d))
            case Op.REQUEST_MEMBERS if (session := self._going_on) is not None:
                self._gateway.tell_members(session, read(MembersForm, said.d))
                return None
            case _ if said.op not in _HEARD_ONLY:
                return Close.UNKNOWN_OPCODE
        return Close.NOT_AUTHENTICATED if self._going_on is None else None

    def _identify(self, form: IdentifyForm) -> Close | None:
        if self._going_on is not None:
            return Close.ALREADY_AUTHENTICATED
        application = self._gateway.world.by_token(form.token)
        if application is None:
            return Close.AUTHENTICATION_FAILED
        if form.intents & ~EVERY_BIT:
            return Close.INVALID_INTENTS
        match form.shard or [0, 1]:
            case [number, shards] if 0 <= number < shards:
                return self._begin(application, form.intents, (number, shards))
        return Close.INVALID_SHARD

    def _begin(self, application: Application, intents: int, shard: tuple[int, int]) -> Close | None:
        self._session = self._gateway.begin(application, intents, shard, self._connection)
        return Close.SHARDING_REQUIRED if self._session is None else None

    def _resume(self, form: ResumeForm) -> Close | None:
        session = self._gateway.sessions.get(form.session_id)
        if session is None or session.application.token != form.token:
            self._connection.send(payload(Op.INVALID_SESSION, data=False))
            return None
        if form.seq > session.sequence:
            return Close.INVALID_SEQUENCE
        if not session.can_resume_after(form.seq):
            self._connection.send(payload(Op.INVALID_SESSION, data=False))
            return None
        self._session = session
        session.resume(self._connection, form.seq)
        return None

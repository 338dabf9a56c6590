"""The operator's corner: what is connected, how much may still be asked, and what is told to fail."""

from dataclasses import dataclass
from math import ceil

from playground.errors import Json
from playground.gateway.intents import Intent
from playground.gateway.session import Session
from playground.page.environment import ENVIRONMENT
from playground.page.parts import Parts, Route, Visit
from playground.page.troubling import MOST_TIMES
from playground.rate_limits import BucketState
from playground.rest.api import ROUTES as API_ROUTES
from playground.troubles.catalogue import Trouble

MOST_BUCKETS = 50
"""Rate limits that are shown, the fullest first."""

METHODS = [*dict.fromkeys(route.method for route in API_ROUTES)]
TEMPLATES = [*dict.fromkeys(route.template for route in API_ROUTES)]


@dataclass(frozen=True)
class ShownSession:
    """A session as it is shown."""

    bot: str
    shard: str
    connected: bool
    sequence: int
    intents: str


@dataclass(frozen=True)
class ShownLimit:
    """A rate limit as it is shown."""

    bot: str
    bucket: str
    left: str
    seconds: int


@dataclass(frozen=True)
class ShownTrouble:
    """A trouble as it is shown; `left` is what is left of it, where it goes on."""

    trouble: Trouble
    left: str | None


@dataclass(frozen=True)
class Corner:
    """What there is to see; two are the same where nothing changed.

    Attributes:
        limited: whether there are rate limits.
        limits: the fullest of them.
        more_limits: how many there are besides.
    """

    sessions: list[ShownSession]
    limited: bool
    limits: list[ShownLimit]
    more_limits: int
    troubles: list[ShownTrouble]


def corner(parts: Parts) -> Corner:
    """The corner as it is now."""
    limits = parts.limiter.states()
    return Corner(
        sessions=[_session(session) for session in parts.gateway.sessions.values()],
        limited=parts.limiter.enabled,
        limits=[_limit(parts, state) for state in limits[:MOST_BUCKETS]],
        more_limits=max(len(limits) - MOST_BUCKETS, 0),
        troubles=_troubles(parts),
    )


async def operator(visit: Visit) -> Json:
    """The corner as HTML."""
    template = ENVIRONMENT.get_template("operator.html")
    return {
        "html": template.render(
            corner=corner(visit.parts), routes=TEMPLATES, methods=METHODS, most_times=MOST_TIMES
        )
    }


ROUTES = [Route("GET", "operator", operator)]


def _session(session: Session) -> ShownSession:
    number, shards = session.shard
    return ShownSession(
        bot=session.application.user.name,
        shard=f"{number} of {shards}",
        connected=session.connection is not None,
        sequence=session.sequence,
        intents=", ".join(intent.name or "" for intent in Intent(session.intents)) or "none",
    )


def _limit(parts: Parts, state: BucketState) -> ShownLimit:
    return ShownLimit(
        bot=parts.world.users[state.bot_id].name,
        bucket=state.bucket,
        left=f"{state.left} of {state.limit}",
        seconds=ceil(state.resets_after),
    )


def _troubles(parts: Parts) -> list[ShownTrouble]:
    left = {active.name: active.left for active in parts.troubles.active()}
    return [ShownTrouble(trouble, left.get(name)) for name, trouble in parts.troubles.all.items()]

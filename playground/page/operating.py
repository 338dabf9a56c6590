"""The operator's corner: what is connected, how much may still be asked, and what is told to fail."""

from dataclasses import dataclass

from playground.errors import Json
from playground.gateway.session import Session
from playground.page.environment import ENVIRONMENT
from playground.page.forms import Form, read
from playground.page.intents import Intent
from playground.page.parts import Parts, Route, Visit

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
MOST_BUCKETS = 50
"""Rate limits that are shown, the fullest first."""


@dataclass(frozen=True)
class Shown:
    """A session as it is shown."""

    bot: str
    shard: str
    connected: bool
    sequence: int
    intents: str


def drawn(parts: Parts) -> str:
    """The corner as HTML."""
    return ENVIRONMENT.get_template("operator.html").render(
        sessions=[_session(session) for session in parts.gateway.sessions.values()],
        limited=parts.limiter.enabled,
        limits=[],
        troubles=[],
    )


async def operator(visit: Visit) -> Json:
    """The corner."""
    return {"html": drawn(visit.parts)}


class RateLimitsForm(Form):
    """Whether there are rate limits."""

    enabled: bool


async def rate_limits(visit: Visit) -> Json:
    """Switches the rate limits on or off."""
    form = await read(RateLimitsForm, visit.request)
    visit.parts.limiter.enabled = form.enabled
    return {}


ROUTES = [Route("GET", "operator", operator), Route("POST", "rate-limits", rate_limits)]


def _session(session: Session) -> Shown:
    number, shards = session.shard
    return Shown(
        bot=session.application.user.name,
        shard=f"{number} of {shards}",
        connected=session.connection is not None,
        sequence=session.sequence,
        intents=", ".join(intent.name or "" for intent in Intent(session.intents)) or "none",
    )

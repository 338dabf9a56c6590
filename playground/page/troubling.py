"""What an operator does: makes trouble and ends it, switches the rate limits."""

from typing import Annotated

from pydantic import Field

from playground.errors import Json
from playground.page.forms import Form, Id, read
from playground.page.parts import Route, Visit

MOST_TIMES = 1_000
"""How many requests one trouble hits at most."""

Word = Annotated[str, Field(min_length=1, max_length=100)]


class StartForm(Form):
    """A trouble to make."""

    name: Word
    route: Word = "*"
    method: Word = "*"
    times: Annotated[int, Field(ge=1, le=MOST_TIMES)] = 1
    channel: Id | None = None


class StopForm(Form):
    """A trouble to end."""

    name: Word


class RateLimitsForm(Form):
    """Whether there are rate limits."""

    enabled: bool


async def start(visit: Visit) -> Json:
    """Makes a trouble: on requests wherever they go, on a channel where it is the one that is open."""
    form = await read(StartForm, visit.request)
    trouble = visit.parts.troubles.all.get(form.name)
    channel = None
    if trouble is not None and trouble.in_channel and form.channel is not None:
        channel = visit.places.channel(int(form.channel))
    await visit.parts.troubles.start(
        form.name, route=form.route, method=form.method, times=form.times, channel=channel
    )
    return {}


async def stop(visit: Visit) -> Json:
    """Ends a trouble."""
    form = await read(StopForm, visit.request)
    await visit.parts.troubles.stop(form.name)
    return {}


async def rate_limits(visit: Visit) -> Json:
    """Switches the rate limits on or off."""
    form = await read(RateLimitsForm, visit.request)
    visit.parts.limiter.enabled = form.enabled
    return {}


ROUTES = [
    Route("POST", "troubles/start", start),
    Route("POST", "troubles/stop", stop),
    Route("POST", "rate-limits", rate_limits),
]

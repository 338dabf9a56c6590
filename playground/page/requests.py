"""What the bots asked of the API, as rows of a table."""

from collections.abc import Iterable
from itertools import islice

from playground.errors import Json
from playground.page.drawing import times
from playground.page.environment import ENVIRONMENT
from playground.page.parts import Route, Visit
from playground.rate_limits import readable
from playground.requests import RequestRecord

MOST = 200
"""Rows."""


def rows(records: Iterable[RequestRecord]) -> str:
    """The records as rows, in their order."""
    return ENVIRONMENT.get_template("requests.html").render(
        records=[*records], time=times.shown, readable=readable
    )


async def requests(visit: Visit) -> Json:
    """The newest requests, newest first."""
    return {"html": rows(islice(reversed(visit.parts.log.records), MOST))}


ROUTES = [Route("GET", "requests", requests)]

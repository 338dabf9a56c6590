"""A server on loopback and a client that waits for moments only."""

from collections.abc import AsyncIterator

import pytest

from papers.sources.http import HttpClient
from support.clock import SetClock
from support.papers import AT
from support.replay import Replay, replaying
from support.web import QUICK


@pytest.fixture
async def server() -> AsyncIterator[Replay]:
    async with replaying() as replay:
        yield replay


@pytest.fixture
async def client() -> AsyncIterator[HttpClient]:
    async with HttpClient(contact="papers@example.org", clock=SetClock(AT), limits=QUICK) as http:
        yield http

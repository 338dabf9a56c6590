"""What the page works with, and who looks at it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from playground.errors import Json
from playground.gateway.hub import Gateway
from playground.interactions.registry import Interactions
from playground.messages import Messages
from playground.page.drawing.names import Known
from playground.page.places import Places
from playground.people import People
from playground.rate_limits import RateLimiter
from playground.requests import RequestLog
from playground.troubles.switchboard import Troubles
from playground.world import Channel, User, World


@dataclass(frozen=True)
class Parts:
    """The parts of a playground that its page shows and acts on."""

    people: People
    world: World
    messages: Messages
    interactions: Interactions
    gateway: Gateway
    log: RequestLog
    limiter: RateLimiter
    troubles: Troubles


@dataclass(frozen=True)
class Visit:
    """One request of the page.

    Attributes:
        viewer: as whom it is asked.
    """

    parts: Parts
    viewer: User
    request: web.Request

    @property
    def world(self) -> World:
        """The world."""
        return self.parts.world

    @property
    def places(self) -> Places:
        """What the viewer may see."""
        return Places(self.parts.people, self.world, self.viewer)

    def known(self, channel: Channel) -> Known:
        """What the viewer knows by name in a channel."""
        return Known(self.world, self.viewer, channel)


Handler = Callable[[Visit], Awaitable[Json]]


@dataclass(frozen=True)
class Route:
    """A route of the page: `path` goes on after `/page/`."""

    method: str
    path: str
    handler: Handler

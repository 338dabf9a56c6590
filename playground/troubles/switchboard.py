"""Makes trouble on purpose: requests that fail, connections that break, channels and permissions that are gone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playground.errors import PlaygroundError
from playground.faults import Fault, Faults
from playground.gateway.hub import Gateway
from playground.rest.api import ROUTES
from playground.troubles.catalogue import FAULTS, TROUBLES, Trouble
from playground.troubles.gateway import ON_GATEWAY
from playground.troubles.muting import Muting
from playground.world import Application, Channel, World


@dataclass(frozen=True)
class Active:
    """A trouble that goes on, and what is left of it."""

    name: str
    left: str


class Troubles:
    """The troubles of one playground.

    Attributes:
        all: every trouble there is, by name.
    """

    def __init__(self, world: World, gateway: Gateway, faults: Faults) -> None:
        self.all: Mapping[str, Trouble] = {trouble.name: trouble for trouble in TROUBLES}
        self._world = world
        self._gateway = gateway
        self._faults = faults
        self._started: dict[str, list[Fault]] = {name: [] for name in FAULTS}
        self._muting = Muting(world)

    async def start(
        self,
        name: str,
        *,
        route: str = "*",
        method: str = "*",
        times: int = 1,
        channel: Channel | None = None,
        application: Application | None = None,
        seconds: float | None = None,
    ) -> None:
        """Makes a trouble.

        Args:
            name: which.
            route: of a trouble on requests: the template of the routes it hits, `*` for any.
            method: of a trouble on requests: the method it hits, `*` for any.
            times: of a trouble on requests: how many it hits.
            channel: where; of a trouble on requests, those about that channel alone.
            application: whom it befalls; None for every bot.
            seconds: of rate limits and slow answers: how long they take, if not as the trouble's explanation says.

        Raises:
            PlaygroundError: there is no such trouble or route, or it cannot be made there.
        """
        trouble = self._find(name)
        if trouble.on_requests:
            _hold_to_routes(route, method, times)
            path = {} if channel is None else {"channel_id": str(channel.id)}
            bot_id = None if application is None else application.id
            more: dict[str, Any] = {} if seconds is None else {"seconds": seconds}
            fault = FAULTS[name](route=route, method=method, times=times, path=path, bot_id=bot_id, **more)
            self._started[name].append(self._faults.add(fault))
        elif trouble.in_channel:
            self._befall(trouble, channel, application)
        else:
            await ON_GATEWAY[name](self._gateway, application)

    async def stop(self, name: str) -> None:
        """Ends a trouble, where it goes on; what is done at once stays done.

        Raises:
            PlaygroundError: there is no such trouble.
        """
        self._find(name)
        for fault in self._started.get(name, []):
            self._faults.remove(fault)
        if name == "heartbeats-unanswered":
            self._gateway.acknowledging = True
            self._gateway.unanswered.clear()
        if name == "permission-taken-away":
            self._muting.give_back()

    async def stop_all(self) -> None:
        """Ends every trouble that goes on."""
        for active in self.active():
            await self.stop(active.name)

    def active(self) -> list[Active]:
        """The troubles that go on."""
        return [Active(name, left) for name in self.all if (left := self._left(name)) is not None]

    def _find(self, name: str) -> Trouble:
        if name not in self.all:
            raise PlaygroundError(f"There is no trouble {name}.")
        return self.all[name]

    def _left(self, name: str) -> str | None:
        if name == "heartbeats-unanswered":
            going_on = bool(self._gateway.unanswered) or not self._gateway.acknowledging
            return "until it is stopped" if going_on else None
        if name == "permission-taken-away":
            places = [f"#{channel.name}" for channel in self._muting.closed()]
            return f"in {', '.join(places)}, until it is stopped" if places else None
        self._started[name] = [
            fault for fault in self._started.get(name, []) if fault in self._faults.switched_on
        ]
        left = sum(fault.times for fault in self._started[name])
        return f"{left} more request{'s' * (left > 1)}" if left else None

    def _befall(self, trouble: Trouble, channel: Channel | None, application: Application | None) -> None:
        if channel is None or channel.guild_id is None:
            raise PlaygroundError(f"Say in which channel of a server: {trouble.title}.")
        if trouble.name == "channel-deleted":
            self._world.remove_channel(channel)
        else:
            self._muting.take_away(channel, application)


def _hold_to_routes(route: str, method: str, times: int) -> None:
    if not any(route in {"*", known.template} and method in {"*", known.method} for known in ROUTES):
        raise PlaygroundError(f"The API has no route {method} {route}.")
    if times < 1:
        raise PlaygroundError("A trouble must befall at least one request.")

"""What can befall the connections of an application, or of all (None)."""

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import WSCloseCode

from playground.gateway.hub import Gateway
from playground.gateway.protocol import Close
from playground.world import Application


async def _unknown_error(gateway: Gateway, application: Application | None) -> None:
    await gateway.close_all(Close.UNKNOWN_ERROR, application=application)


async def _timed_out(gateway: Gateway, application: Application | None) -> None:
    await gateway.close_all(Close.SESSION_TIMED_OUT, application=application, resumable=False)


async def _going_away(gateway: Gateway, application: Application | None) -> None:
    await gateway.close_all(WSCloseCode.GOING_AWAY, application=application)


async def _cut(gateway: Gateway, application: Application | None) -> None:
    gateway.cut_all(application)


async def _reconnect(gateway: Gateway, application: Application | None) -> None:
    gateway.ask_to_reconnect(application)


async def _invalidate(gateway: Gateway, application: Application | None) -> None:
    gateway.invalidate_all(application=application)


async def _leave_unanswered(gateway: Gateway, application: Application | None) -> None:
    if application is None:
        gateway.acknowledging = False
    else:
        gateway.unanswered.add(application.id)


ON_GATEWAY: Mapping[str, Callable[[Gateway, Application | None], Awaitable[None]]] = {
    "close-4000": _unknown_error,
    "close-4009": _timed_out,
    "close-1001": _going_away,
    "close-none": _cut,
    "reconnect": _reconnect,
    "invalid-session": _invalidate,
    "heartbeats-unanswered": _leave_unanswered,
}
"""By the names of the troubles."""

"""A server on loopback, for as long as a test needs it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web


@asynccontextmanager
async def serving(
    answer: Callable[[web.Request], Awaitable[web.StreamResponse]],
    *,
    method: str = "GET",
    path: str = "/{path:.*}",
) -> AsyncIterator[str]:
    """Serves on a free port, and yields the address; a handler ends when its client goes away.

    Args:
        answer: answers requests.
        method: those it takes.
        path: the route it takes; every path, if not said otherwise.
    """
    app = web.Application()
    app.router.add_route(method, path, answer)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()

"""Work that ends when the process is told to stop."""

import asyncio
import logging
import signal
from collections.abc import Coroutine
from typing import Any

log = logging.getLogger(__name__)


async def until_told_to_stop(work: Coroutine[Any, Any, None]) -> bool:
    """Does the work until it ends, or SIGINT or SIGTERM comes.

    Returns:
        Whether the work came to its end.
    """
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        log.info("stopped")
        return False
    return True

"""Rate limits as Discord applies them (Discord docs, "Rate Limits").

Fifty requests a second over all for a bot, whatever an interaction's token pays for excepted; five messages in five
seconds a channel; other routes by a bucket of their own.
"""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass

from playground.errors import ApiError

GLOBAL = (50, 1.0)
_MESSAGES = (5, 5.0)
_OTHERS = (50, 1.0)
_VIA = {"Via": "1.1 playground"}
"""Without it discord.py takes a 429 for a ban by the firewall in front of Discord, and gives up."""


@dataclass
class _Window:
    most: int
    seconds: float
    ends: float = 0.0
    used: int = 0


class RateLimiter:
    """Counts requests, and refuses those above a limit."""

    def __init__(self, *, enabled: bool = True, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.enabled = enabled
        self._monotonic = monotonic
        self._windows: dict[str, _Window] = {}

    def spend(self, bot_id: int, bucket: str, *, messages: bool, exempt: bool) -> dict[str, str]:
        """Counts a request.

        Args:
            bot_id: who asks.
            bucket: route and major parameter.
            messages: whether it posts a message to a channel.
            exempt: whether the global limit does not count it.

        Returns:
            The headers that tell the state of the bucket.

        Raises:
            ApiError: 429, for the bucket or for everything.
        """
        if not self.enabled:
            return {}
        if not exempt:
            self._spend_global(bot_id)
        most, seconds = _MESSAGES if messages else _OTHERS
        window = self._window(f"{bot_id} {bucket}", most, seconds)
        headers = self._headers(window, bucket)
        if window.used >= window.most:
            raise too_many(window.ends - self._monotonic(), "user", headers)
        window.used += 1
        return headers | {"X-RateLimit-Remaining": str(window.most - window.used)}

    def _spend_global(self, bot_id: int) -> None:
        everything = self._window(f"{bot_id}", *GLOBAL)
        if everything.used >= everything.most:
            raise too_many(everything.ends - self._monotonic(), "global", {"X-RateLimit-Global": "true"})
        everything.used += 1

    def _window(self, name: str, most: int, seconds: float) -> _Window:
        window = self._windows.setdefault(name, _Window(most, seconds))
        if self._monotonic() >= window.ends:
            window.ends, window.used = self._monotonic() + seconds, 0
        return window

    def _headers(self, window: _Window, bucket: str) -> dict[str, str]:
        left = max(window.ends - self._monotonic(), 0)
        return {
            "X-RateLimit-Limit": str(window.most),
            "X-RateLimit-Remaining": str(max(window.most - window.used, 0)),
            "X-RateLimit-Reset": f"{time.time() + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": hashlib.sha256(bucket.partition(" ")[0].encode()).hexdigest()[:32],
        }


def too_many(wait: float, scope: str, headers: dict[str, str] | None = None) -> ApiError:
    """A 429: `scope` is `user`, `shared` or `global`; `wait` in seconds."""
    return ApiError(
        429,
        0,
        "You are being rate limited.",
        headers=(headers or {})
        | _VIA
        | {"Retry-After": f"{max(wait, 0.001):.3f}", "X-RateLimit-Scope": scope},
        extra={"retry_after": round(max(wait, 0.001), 3), "global": scope == "global"},
    )

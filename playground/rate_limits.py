"""Rate limits as Discord applies them (Discord docs, "Rate Limits").

Fifty requests a second over all for a bot, except for what an interaction's token pays for; five messages in five
seconds a channel. Discord names no limits of other routes; here each has its own bucket of fifty a second.
"""

import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from playground.errors import ApiError
from playground.snowflakes import Now

VIA = {"Via": "1.1 playground"}
"""Without it discord.py takes a 429 for a ban by the firewall in front of Discord, and gives up."""

MAJOR = re.compile(r"\{(channel_id|guild_id|webhook_id|webhook_token)\}")
"""The parameters of a route by which its buckets differ."""

_LEAST_WAIT = 0.001


@dataclass(frozen=True)
class Rate:
    """So many requests in so many seconds."""

    most: int
    seconds: float


@dataclass(frozen=True)
class Rates:
    """Discord's rates; a test may shorten their seconds."""

    everything: Rate = Rate(50, 1.0)
    messages: Rate = Rate(5, 5.0)
    others: Rate = Rate(50, 1.0)


@dataclass
class _Window:
    rate: Rate
    ends: float = 0.0
    used: int = 0

    @property
    def left(self) -> int:
        return self.rate.most - self.used


@dataclass(frozen=True)
class BucketState:
    """A window that is running.

    Attributes:
        bot_id: whose it is.
        bucket: what it counts, such as `POST /channels/1/messages`, or `every request`.
        limit: how many requests it takes.
        left: how many more it takes.
        resets_after: seconds until it ends.
    """

    bot_id: int
    bucket: str
    limit: int
    left: int
    resets_after: float


class RateLimiter:
    """Counts requests, and refuses those above a rate.

    Attributes:
        enabled: whether it does.
        rates: what is allowed.
    """

    def __init__(
        self, now: Now, *, enabled: bool = True, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self.enabled = enabled
        self.rates = Rates()
        self._now = now
        self._monotonic = monotonic
        self._windows: dict[tuple[int, str], _Window] = {}

    def spend(self, bot_id: int, bucket: str, *, messages: bool, exempt: bool) -> dict[str, str]:
        """Counts a request.

        Args:
            bot_id: who asks.
            bucket: route and major parameters, with a space between.
            messages: whether it posts a message to a channel.
            exempt: whether the global limit does not count it.

        Returns:
            The headers that tell the state of the bucket.

        Raises:
            ApiError: 429, for the bucket or for everything.
        """
        if not self.enabled:
            return {}
        everything = self._window(bot_id, "", self.rates.everything)
        if not exempt and not everything.left:
            raise too_many(everything.ends - self._monotonic(), "global")
        window = self._window(bot_id, bucket, self.rates.messages if messages else self.rates.others)
        if not window.left:
            raise too_many(window.ends - self._monotonic(), "user", self._headers(window, bucket))
        window.used += 1
        everything.used += 0 if exempt else 1
        return self._headers(window, bucket)

    def states(self) -> list[BucketState]:
        """The windows that are running and count at least one request, the fullest first."""
        now = self._monotonic()
        running = [
            BucketState(bot_id, readable(bucket), window.rate.most, window.left, window.ends - now)
            for (bot_id, bucket), window in self._windows.items()
            if window.used and now < window.ends
        ]
        return sorted(running, key=lambda state: state.left / state.limit)

    def _window(self, bot_id: int, bucket: str, rate: Rate) -> _Window:
        now = self._monotonic()
        window = self._windows.get((bot_id, bucket))
        if window is None or now >= window.ends:
            self._windows = {key: other for key, other in self._windows.items() if now < other.ends}
            window = self._windows[bot_id, bucket] = _Window(rate, now + rate.seconds)
        return window

    def _headers(self, window: _Window, bucket: str) -> dict[str, str]:
        wait = max(window.ends - self._monotonic(), 0)
        return {
            "X-RateLimit-Limit": str(window.rate.most),
            "X-RateLimit-Remaining": str(window.left),
            "X-RateLimit-Reset": f"{(self._now() + timedelta(seconds=wait)).timestamp():.3f}",
            "X-RateLimit-Reset-After": f"{wait:.3f}",
            "X-RateLimit-Bucket": hashlib.sha256(bucket.partition(" ")[0].encode()).hexdigest()[:32],
        }


def readable(bucket: str) -> str:
    """The method and the path as far as it tells buckets apart; no token of an interaction is shown."""
    if not bucket:
        return "every request"
    route, _, ids = bucket.partition(" ")
    method, _, template = route.partition(":")
    majors = iter(ids.split(":"))

    def major(found: re.Match[str]) -> str:
        value = next(majors)
        return "…" if found[1] == "webhook_token" else value

    return f"{method} {MAJOR.sub(major, template)}"


def too_many(wait: float, scope: str, headers: dict[str, str] | None = None) -> ApiError:
    """A 429: `scope` is `user`, `shared` or `global`; `wait` in seconds."""
    wait = max(wait, _LEAST_WAIT)
    told = {"Retry-After": f"{wait:.3f}", "X-RateLimit-Scope": scope}
    if scope == "global":
        told["X-RateLimit-Global"] = "true"
    return ApiError(
        429,
        0,
        "You are being rate limited.",
        headers=VIA | (headers or {}) | told,
        extra={"retry_after": round(wait, 3), "global": scope == "global"},
    )

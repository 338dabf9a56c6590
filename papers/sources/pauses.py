"""Pauses that servers ask for: read from an answer's headers, and kept to."""

import asyncio
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from papers.errors import SourceUnavailableError

LONGEST = timedelta(days=1)
"""No pause is taken to be longer, whatever a header says."""

_SECONDS = re.compile(r"\d+", re.ASCII)
_QUOTA = re.compile(r"(?:^|,)[^,;]*((?:;[^,;]*)*)")
_PARAMETER = re.compile(r";\s*([rt])\s*=\s*(\d+)\s*(?=;|$)", re.ASCII)


def asked_for(headers: Mapping[str, str], *, status: int, now: datetime) -> timedelta | None:
    """How long the server wants to be left alone.

    Args:
        headers: those of its answer, whatever case their names are looked up in.
        status: its status.
        now: the time, for dates in an answer that does not say its own.

    Returns:
        The longest of what `Retry-After` of a failure (RFC 9110, 10.2.3: seconds, or a date) and used-up quotas in
        `RateLimit` (draft-ietf-httpapi-ratelimit-headers-09: `"api";r=0;t=55`) say, a second added to the
        latter; None where neither asks for a pause.
    """
    pauses = [_quota_pause(headers.get("RateLimit", ""))]
    if status >= 400:  # noqa: PLR2004 - where HTTP's failures begin
        pauses.append(_retry_after(headers.get("Retry-After", ""), _date(headers.get("Date", "")) or now))
    return max(filter(None, pauses), default=None)


def _quota_pause(header: str) -> timedelta | None:
    quotas = (dict(_PARAMETER.findall(parameters)) for parameters in _QUOTA.findall(header))
    resets = [quota["t"] for quota in quotas if "t" in quota and "r" in quota and not quota["r"].strip("0")]
    return max((_seconds(reset) + timedelta(seconds=1) for reset in resets), default=None)


def _retry_after(header: str, now: datetime) -> timedelta | None:
    if _SECONDS.fullmatch(header.strip()):
        return _seconds(header.strip())
    until = _date(header)
    return None if until is None else min(max(until - now, timedelta()), LONGEST)


def _seconds(digits: str) -> timedelta:
    short = digits.lstrip("0")[:7] or "0"
    return min(timedelta(seconds=int(short)), LONGEST)


def _date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


class Pauses:
    """Which servers are to be left alone, and until when."""

    def __init__(self, longest: float) -> None:
        """Begins with none.

        Args:
            longest: how many seconds at most are waited out.
        """
        self._longest = longest
        self._until: dict[str, float] = {}

    def begin(self, host: str, pause: timedelta) -> None:
        """Leaves a server alone from now on; a longer pause that it asked for before stays."""
        until = asyncio.get_running_loop().time() + pause.total_seconds()
        self._until[host] = max(until, self._until.get(host, 0))

    def can_be_waited_out(self, pause: timedelta) -> bool:
        """Whether a pause is short enough."""
        return pause.total_seconds() <= self._longest

    async def wait(self, host: str) -> None:
        """Waits until the server may be asked.

        Raises:
            SourceUnavailableError: that would take too long.
        """
        while (left := self._until.get(host, 0) - asyncio.get_running_loop().time()) > 0:
            if left > self._longest:
                raise left_alone(host, timedelta(seconds=left))
            await asyncio.sleep(left)


def left_alone(host: str, pause: timedelta) -> SourceUnavailableError:
    """The error for a server that asks for a pause."""
    seconds = round(pause.total_seconds())
    return SourceUnavailableError(
        f"{host} wants to be left alone for {seconds:,} s; it is asked again at the next run.",
        retry_after=pause,
    )

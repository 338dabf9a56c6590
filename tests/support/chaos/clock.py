"""One time for several processes, which a test moves on while they run."""

import mmap
import struct
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

_SHIFT = struct.Struct("d")


class SharedClock:
    """`papers.ports.Clock`: the machine's time and a shift that stands in a file."""

    def __init__(self, path: Path) -> None:
        """Opens the file, or makes it with no shift."""
        with path.open("a+b") as file:
            file.truncate(_SHIFT.size)
            self._shared = mmap.mmap(file.fileno(), _SHIFT.size)

    @property
    def _shift(self) -> float:
        [seconds] = _SHIFT.unpack_from(self._shared)
        return float(seconds)

    def now(self) -> datetime:
        """The moment as everybody with this file has it, in UTC."""
        return datetime.now(UTC) + timedelta(seconds=self._shift)

    def monotonic(self) -> float:
        """Seconds that pass and jump with this time."""
        return time.monotonic() + self._shift

    def advance(self, span: timedelta) -> None:
        """Moves everybody's time on."""
        _SHIFT.pack_into(self._shared, 0, self._shift + span.total_seconds())

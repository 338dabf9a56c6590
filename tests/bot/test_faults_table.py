"""The table of faults names tests that there are."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "faults.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
IN_SHORT = {"requests", "closing", "gateway"}


def test_every_test_that_is_named_is_there() -> None:
    named = set(NAMED.findall(TABLE.read_text()))
    missing = [f"{file}::{name}" for file, name in named if f"def {name}(" not in (ROOT / file).read_text()]
    assert len(named) > 30
    assert missing == []


def test_every_fault_has_a_test() -> None:
    rows = [line for line in TABLE.read_text().splitlines() if line.startswith("| ")]
    faults = [row for row in rows if not row.startswith(("| fault", "| ---"))]
    untested = [row for row in faults if not (NAMED.search(row) or row.rsplit("|", 2)[1].strip() in IN_SHORT)]
    assert len(faults) > 25
    assert untested == []

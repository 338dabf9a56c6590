"""The packages behind a language model are an extra: nothing loads them before they are needed."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from papers.errors import ConfigurationError
from papers.reading.language_model import Access, open_language_model
from storage import open_stores
from support.clock import SetClock


def test_loading_the_package_loads_nothing_of_the_extra() -> None:
    program = (
        "import sys, papers.reading.language_model\n"
        "print([name for name in ('pydantic_ai', 'openai', 'httpx2', 'opentelemetry') if name in sys.modules])"
    )
    ran = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-W", "error", "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ,
    )
    assert ran.stdout == "[]\n"


@pytest.mark.parametrize("missing", ["pydantic_ai", "httpx2"])
async def test_without_it_one_sentence_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, missing: str
) -> None:
    for name in ("endpoint", "endpoint_errors", "http"):
        monkeypatch.delitem(sys.modules, f"papers.reading.language_model.{name}", raising=False)
    monkeypatch.setitem(sys.modules, missing, None)
    access = Access(base_url="http://localhost:1/v1", model="m")
    async with open_stores(tmp_path / "papers.db") as stores:
        clock = SetClock(datetime(2026, 6, 24, tzinfo=UTC))
        with pytest.raises(
            ConfigurationError, match=r"^A language model needs packages .*: run `make extras`, or"
        ):
            async with open_language_model(access, store=stores.language_model, clock=clock):
                pass

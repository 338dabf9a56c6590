import subprocess
import sys
from pathlib import Path

import pytest

from papers.errors import DatabaseHeldError, DatabaseReadOnlyError
from storage import hold, open_stores

ROOT = Path(__file__).resolve().parents[2]
HOLDING = """
import sys, time
from pathlib import Path
from storage import hold
with hold(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


def test_a_second_bot_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "data" / "papers.db"
    with hold(path):
        with pytest.raises(DatabaseHeldError, match="Another bot is running"), hold(path):
            pass
        with hold(tmp_path / "another.db"):
            pass
    with hold(path):
        pass


def test_a_bot_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "papers.db"
    with subprocess.Popen([sys.executable, "-c", HOLDING, path], cwd=ROOT, stdout=subprocess.PIPE) as bot:  # noqa: S603
        assert bot.stdout is not None
        assert bot.stdout.readline() == b"held\n"
        with pytest.raises(DatabaseHeldError), hold(path):
            pass
        bot.kill()
    with hold(path):
        pass


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(DatabaseReadOnlyError, match="cannot be written"),
        hold(tmp_path / "file" / "papers.db"),
    ):
        pass


async def test_reading_does_not_need_the_hold(tmp_path: Path) -> None:
    path = tmp_path / "papers.db"
    with hold(path):
        async with open_stores(path) as stores:
            assert await stores.papers.newest_day() is None


async def test_a_database_belongs_to_the_application_that_used_it_first(tmp_path: Path) -> None:
    path = tmp_path / "papers.db"
    real = "https://discord.com/api/v10"
    async with open_stores(path) as stores:
        await stores.check_identity(application_id=2**63 + 5, api_base=real)
    async with open_stores(path) as stores:
        await stores.check_identity(application_id=2**63 + 5, api_base=real)
        for application_id, api_base in ((6, real), (2**63 + 5, "http://127.0.0.1:8888/api/v10")):
            with pytest.raises(
                DatabaseHeldError, match="belongs to application 9223372036854775813 at https:"
            ):
                await stores.check_identity(application_id=application_id, api_base=api_base)

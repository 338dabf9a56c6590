"""What every test may ask for."""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

pytest_plugins = ["support.discord_openapi"]

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of recorded payloads beside the project; the test is skipped where there is none."""
    if not SHARED_DATA.is_dir():
        pytest.skip("needs the recorded payloads in ../shared/data, which this checkout does not have")
    return SHARED_DATA

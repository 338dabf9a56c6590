"""The bot, killed at any moment: every paper that is due stands where it is due once, in its last version."""

import secrets
from datetime import timedelta
from pathlib import Path

import pytest

from support.chaos.killing import kill_often
from support.chaos.lane import OVER_THE_LEASE, open_lane
from support.chaos.moments import OnRequest
from support.chaos.states import Doing
from support.chaos.wire import Kind, Stage

LANES = {"one": 10, "other": 9}
"""Nineteen kills, side by side; with the six below, twenty-five."""


@pytest.mark.parametrize("kills", LANES.values(), ids=LANES)
async def test_kills_lose_nothing_and_repeat_nothing(tmp_path: Path, kills: int) -> None:
    seed = secrets.randbits(32)
    print(f"seed {seed}")  # noqa: T201 - a failure shows it
    tally = await kill_often(tmp_path, seed, kills)
    assert tally.wrong == []
    assert tally.doing.total() == kills
    assert tally.cards > kills


@pytest.mark.parametrize("later", [OVER_THE_LEASE, timedelta(hours=7)], ids=["soon", "hours later"])
@pytest.mark.parametrize(
    ("stage", "states"),
    [
        (Stage.ARRIVED, {Doing.BEFORE}),
        (Stage.DONE, {Doing.AFTER}),
        (Stage.ANSWERED, {Doing.CONFIRMING, Doing.CLAIMED}),
    ],
    ids=["before it was stored", "before the answer", "before it was noted"],
)
async def test_whatever_became_of_a_message_the_next_start_goes_on_from_there(
    tmp_path: Path, stage: Stage, states: set[Doing], later: timedelta
) -> None:
    async with open_lane(tmp_path, seed=1, only="papers") as lane:
        lane.hub.go_on(3, 0)
        killed = await lane.kill_at(OnRequest(Kind.CREATE, stage, 2))
        assert killed.doing in states
        assert await lane.wrong()
        assert await lane.settle(later) == []

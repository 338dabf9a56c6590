"""A bot killed a thousand times: `python -m support.chaos`, from the project's root with `tests` among Python's paths.

Every lane is a bot with a town, a hub and a database of its own. Prints the seed, and in the end what the kills hit;
fails where a paper is not exactly once where it is due, or where a thousand kills hit something less than fifty times.
"""

import asyncio
import secrets
import sys
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import reduce
from operator import add
from pathlib import Path

import click

from support.chaos.killing import Tally, kill_often
from support.chaos.states import HIT_OFTEN, Doing

_MANY, _LEAST = 1_000, 50


@click.command()
@click.option("--kills", default=1_000, show_default=True, help="How many kills.")
@click.option("--lanes", default=2, show_default=True, help="How many bots side by side.")
@click.option("--seed", type=int, default=None, help="Repeats the choices of another run.")
def main(kills: int, lanes: int, seed: int | None) -> None:
    """Kill the bot, and see that nothing is lost and nothing comes twice."""
    seed = secrets.randbits(32) if seed is None else seed
    click.echo(f"seed {seed}, {kills} kills in {lanes} lanes")
    began = time.monotonic()
    shares = [kills // lanes + (lane < kills % lanes) for lane in range(lanes)]
    with ProcessPoolExecutor(lanes) as pool:
        tallies = pool.map(_lane, [seed + lane for lane in range(lanes)], shares)
        tally = reduce(add, tallies)
    click.echo("\n".join(lines(tally)))
    click.echo(f"{time.monotonic() - began:.0f} s")
    rare = [doing for doing in HIT_OFTEN if kills >= _MANY and tally.doing[doing] < _LEAST]
    for each in rare:
        click.echo(f"hit less than {_LEAST} times: {each}")
    if tally.wrong or rare:
        sys.exit(1)


def lines(tally: Tally) -> list[str]:
    """What came of the kills, in words."""
    return [
        *(f"{tally.doing[doing]:5}  {doing}" for doing in Doing),
        f"{tally.writing:5}  of all in the middle of a transaction that wrote",
        f"{tally.fetching:5}  of all while the hub was being asked",
        f"of what was being sent: {_listed(tally.kinds.items())}",
        f"faults meanwhile: {_listed(tally.faults.items())}",
        f"{tally.cards} cards are due, each exactly once: {'no' if tally.wrong else 'yes'}",
        *tally.wrong,
    ]


def _listed(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{count} × {name}" for name, count in sorted(counts))


def _lane(seed: int, kills: int) -> Tally:
    def tell(kill: int) -> None:
        click.echo(f"lane {seed}: {kill} of {kills} kills", err=True)

    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(kill_often(Path(folder), seed, kills, tell=tell))


if __name__ == "__main__":
    main()

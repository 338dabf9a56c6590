"""`paperboy corrections`: what people put right, and what of it is everybody's."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

import click

from bot.cli.options import Shared, pass_shared, print_json, shared_options
from papers.errors import NotFoundError
from papers.models import Correction
from papers.ports import CorrectionStore
from storage import open_stores

_ID = click.IntRange(1, 2**63 - 1)
Work = Callable[[CorrectionStore], Coroutine[Any, Any, Sequence[Correction]]]


@click.command()
@click.option("--promote", type=_ID, metavar="ID", help="Make this one everybody's.")
@click.option("--withdraw", type=_ID, metavar="ID", help="Leave this one to its server again.")
@shared_options
@pass_shared
def corrections(shared: Shared, promote: int | None, withdraw: int | None) -> None:
    """List what people say papers' classifications are, newest first; promote or withdraw one.

    What is promoted counts in every server, and `paperboy train` learns from it.
    """
    if promote is not None and withdraw is not None:
        raise click.UsageError("Give --promote or --withdraw, not both.")
    listed = asyncio.run(_with_store(shared.database_path(), _work(promote, withdraw)))
    if shared.json:
        print_json({"corrections": [_as_json(one) for one in listed]})
        return
    for one in listed:
        click.echo(_line(one))
    click.echo(_told(listed, promote, withdraw), err=True)


def _work(promote: int | None, withdraw: int | None) -> Work:
    if promote is not None:
        return lambda store: _promote(store, promote)
    if withdraw is not None:
        return lambda store: _withdraw(store, withdraw)
    return lambda store: store.all()


async def _with_store(database: Path, work: Work) -> Sequence[Correction]:
    async with open_stores(database) as stores:
        return await work(stores.corrections)


async def _promote(store: CorrectionStore, number: int) -> Sequence[Correction]:
    promoted = await store.promote(number)
    if promoted is None:
        raise _unknown(number)
    return [promoted]


async def _withdraw(store: CorrectionStore, number: int) -> Sequence[Correction]:
    withdrawn = await store.withdraw(number)
    if withdrawn is not None:
        return [withdrawn]
    if await store.get(number) is None:
        raise _unknown(number)
    raise NotFoundError(f"Correction {number} is its server's alone: nothing of it is to be withdrawn.")


def _unknown(number: int) -> NotFoundError:
    return NotFoundError(f"There is no correction {number}: `paperboy corrections` lists them.")


def _told(listed: Sequence[Correction], promote: int | None, withdraw: int | None) -> str:
    if promote is not None:
        return f"Correction {promote} is everybody's now; posted cards follow with the bot's next run."
    if withdraw is not None:
        return f"Correction {withdraw} is withdrawn; posted cards follow with the bot's next run."
    return f"Corrections: {len(listed):,}, everybody's: {sum(one.promoted for one in listed):,}."


def _line(one: Correction) -> str:
    marks = [text for text, holds in (("everybody's", one.promoted), ("taken back", not one.counts)) if holds]
    before, after = ", ".join(one.replaced) or "nothing", ", ".join(one.classifications)
    end = f"  ({', '.join(marks)})" if marks else ""
    return (
        f"{one.id:>5}  {one.at:%Y-%m-%d}  server {one.guild_id}  person {one.person}  {one.arxiv_id}\n"
        f"       {before} -> {after}{end}"
    )


def _as_json(one: Correction) -> dict[str, object]:
    """Ids of Discord as text, as Discord itself writes them: JSON readers round such numbers."""
    return {
        "id": one.id,
        "server": str(one.guild_id),
        "arxiv_id": one.arxiv_id,
        "person": str(one.person),
        "before": list(one.replaced),
        "after": list(one.classifications),
        "at": one.at.isoformat(),
        "counts": one.counts,
        "promoted": one.promoted,
    }

"""The store of what people say a paper's classifications are."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

import sqlite_utils

from papers.models import Classification, Correction, NewCorrection, Origin, PaperKey, Statement
from storage.changes import mark_changed, plan_anew
from storage.database import Database
from storage.indexing import Change, index
from storage.rows import load, moment, said

ResultT = TypeVar("ResultT")

_COLUMNS = (
    "SELECT id, guild_id, arxiv_id, person, classifications, replaced, at, counts, promoted"
    " FROM corrections JOIN papers ON papers.key = corrections.paper"
)


class SqliteCorrections:
    """`papers.ports.CorrectionStore` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, correction: NewCorrection) -> Correction | None:
        """See `CorrectionStore.add`."""
        return await self._database.write(lambda db: _add(db, correction))

    async def get(self, correction_id: int) -> Correction | None:
        """See `CorrectionStore.get`."""
        return await self._database.read(lambda db: _get(db, correction_id))

    async def find(self, guild_id: int, arxiv_id: str, person: int) -> Correction | None:
        """See `CorrectionStore.find`."""
        found = await self._database.read(
            lambda db: _select(
                db, "counts AND guild_id = ? AND arxiv_id = ? AND person = ?", [guild_id, arxiv_id, person]
            )
        )
        return found[0] if found else None

    async def all(self) -> list[Correction]:
        """See `CorrectionStore.all`."""
        return await self._database.read(lambda db: _select(db, "TRUE", []))

    async def remove(self, correction_id: int) -> bool:
        """See `CorrectionStore.remove`."""
        return await self._database.write(lambda db: _remove(db, correction_id))

    async def promote(self, correction_id: int) -> Correction | None:
        """See `CorrectionStore.promote`."""
        return await self._database.write(lambda db: _promote(db, correction_id))

    async def withdraw(self, correction_id: int) -> Correction | None:
        """See `CorrectionStore.withdraw`."""
        return await self._database.write(lambda db: _withdraw(db, correction_id))


def _select(db: sqlite_utils.Database, condition: str, values: Sequence[int | str]) -> list[Correction]:
    rows = db.execute(f"{_COLUMNS} WHERE {condition} ORDER BY at DESC, id DESC", values)
    return [
        Correction(
            id=number,
            guild_id=guild,
            arxiv_id=arxiv_id,
            person=person,
            classifications=json.loads(classifications),
            replaced=json.loads(replaced),
            at=datetime.fromisoformat(at),
            counts=bool(counts),
            promoted=bool(promoted),
        )
        for number, guild, arxiv_id, person, classifications, replaced, at, counts, promoted in rows
    ]


def _get(db: sqlite_utils.Database, correction_id: int) -> Correction | None:
    found = _select(db, "id = ?", [correction_id])
    return found[0] if found else None


def _add(db: sqlite_utils.Database, new: NewCorrection) -> Correction | None:
    row = db.execute("SELECT key FROM papers WHERE arxiv_id = ?", [new.arxiv_id]).fetchone()
    return None if row is None else _changing(db, row[0], lambda: _put(db, row[0], new))


def _put(db: sqlite_utils.Database, key: PaperKey, new: NewCorrection) -> Correction:
    older = "counts AND guild_id = ? AND paper = ? AND person = ?"
    _take_back(db, older, [new.guild_id, key, new.person])
    [paper] = load(db, [key])
    number = db.execute(
        "INSERT INTO corrections (guild_id, paper, person, classifications, replaced, at)"
        " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
        [
            new.guild_id,
            key,
            new.person,
            _names(new.classifications),
            _names(item.name for item in paper.classifications),
            moment(new.at),
        ],
    ).fetchone()[0]
    [kept] = _select(db, "id = ?", [number])
    return kept


def _names(names: Iterable[str]) -> str:
    return json.dumps(list(names), ensure_ascii=False)


def _take_back(db: sqlite_utils.Database, condition: str, values: Sequence[int]) -> None:
    """Corrections that meet an SQL condition of ours count no more; those that are promoted stay kept."""
    db.execute(f"DELETE FROM corrections WHERE {condition} AND NOT promoted", values)  # noqa: S608 - ours
    db.execute(f"UPDATE corrections SET counts = 0 WHERE {condition}", values)  # noqa: S608 - ours


def _remove(db: sqlite_utils.Database, correction_id: int) -> bool:
    key = _paper(db, correction_id, "counts")
    if key is None:
        return False
    _changing(db, key, lambda: _take_back(db, "id = ?", [correction_id]))
    return True


def _promote(db: sqlite_utils.Database, correction_id: int) -> Correction | None:
    key = _paper(db, correction_id, "TRUE")
    return None if key is None else _changing(db, key, lambda: _speak(db, key, correction_id))


def _speak(db: sqlite_utils.Database, key: PaperKey, correction_id: int) -> Correction:
    _fall_silent(db, key, keep=correction_id)
    db.execute("UPDATE corrections SET promoted = 1 WHERE id = ?", [correction_id])
    [promoted] = _select(db, "id = ?", [correction_id])
    names = tuple(Classification(name=name) for name in promoted.classifications)
    statement = Statement(origin=Origin.PERSON, classifications=names)
    db.execute(
        "INSERT INTO statements (paper, origin, said) VALUES (?, ?, ?)",
        [key, statement.origin.value, said(statement)],
    )
    return promoted


def _withdraw(db: sqlite_utils.Database, correction_id: int) -> Correction | None:
    key = _paper(db, correction_id, "promoted")
    if key is None:
        return None
    [before] = _select(db, "id = ?", [correction_id])
    _changing(db, key, lambda: _fall_silent(db, key))
    return before.model_copy(update={"promoted": False})


def _fall_silent(db: sqlite_utils.Database, key: PaperKey, *, keep: int | None = None) -> None:
    """Takes back what a promoted correction says to everybody; one that its person took back is forgotten."""
    db.execute("DELETE FROM statements WHERE paper = ? AND origin = ?", [key, Origin.PERSON.value])
    db.execute(
        "DELETE FROM corrections WHERE paper = ? AND promoted AND NOT counts AND id IS NOT ?", [key, keep]
    )
    db.execute("UPDATE corrections SET promoted = 0 WHERE paper = ? AND promoted AND counts", [key])


def _paper(db: sqlite_utils.Database, correction_id: int, condition: str) -> PaperKey | None:
    row = db.execute(
        f"SELECT paper FROM corrections WHERE id = ? AND {condition}",  # noqa: S608 - a condition of ours
        [correction_id],
    ).fetchone()
    return None if row is None else int(row[0])


def _changing(db: sqlite_utils.Database, key: PaperKey, work: Callable[[], ResultT]) -> ResultT:
    """Does work that changes how a paper is classified: the index follows, cards are edited, it is planned anew."""
    [old] = load(db, [key])
    result = work()
    [new] = load(db, [key])
    index(db, [Change(old, new)])
    mark_changed(db, [key], however_old=True)
    plan_anew(db, [key])
    return result

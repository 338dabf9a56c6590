"""The store of what is kept of whom."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime

import sqlite_utils

from papers.ports.privacy import NOBODY, KeptOfGuild, KeptOfPerson
from storage.database import Database
from storage.indexing import Change, index
from storage.rows import key_list, load, moment

_DIRECT = "SELECT id FROM destinations WHERE kind = 'direct' AND target_id = :id"
_OF_GUILD = "SELECT id FROM destinations WHERE guild_id = :id"
_KEPT_GUILDS = """
    SELECT guild_id FROM destinations UNION SELECT guild_id FROM subscriptions UNION SELECT guild_id FROM outbox
    UNION SELECT guild_id FROM corrections UNION SELECT guild_id FROM drafts
"""
_FORGET_UNUSED = """
    DELETE FROM destinations WHERE NOT EXISTS (SELECT 1 FROM subscriptions WHERE destination = destinations.id)
    AND NOT EXISTS (SELECT 1 FROM deliveries WHERE destination = destinations.id)
    AND NOT EXISTS (SELECT 1 FROM outbox WHERE destination = destinations.id)
"""
"""A place that was being posted to while it was forgotten, or from which everything was removed."""


class SqlitePrivacy:
    """`papers.ports.privacy.PrivacyStore` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_person(self, person: int) -> KeptOfPerson:
        """See `PrivacyStore.of_person`."""
        return await self._database.read(lambda db: _of_person(db, person))

    async def of_guild(self, guild_id: int) -> KeptOfGuild:
        """See `PrivacyStore.of_guild`."""
        return await self._database.read(lambda db: _of_guild(db, guild_id))

    async def forget_person(self, person: int) -> None:
        """See `PrivacyStore.forget_person`."""
        await self._database.write(lambda db: _forget_person(db, person), durable=True)

    async def forget_guild(self, guild_id: int) -> None:
        """See `PrivacyStore.forget_guild`."""
        await self._database.write(lambda db: _forget_guild(db, guild_id), durable=True)

    async def note_presence(self, present: Collection[int], *, at: datetime) -> None:
        """See `PrivacyStore.note_presence`."""
        await self._database.write(lambda db: _note_presence(db, present, moment(at)))

    async def left_before(self, moment_: datetime) -> list[int]:
        """See `PrivacyStore.left_before`."""
        statement = "SELECT guild_id FROM departures WHERE noticed_at <= ? ORDER BY guild_id"
        rows = await self._database.read(lambda db: db.execute(statement, [moment(moment_)]).fetchall())
        return [guild for [guild] in rows]

    async def prune(self, *, drafts_before: datetime, answers_before: datetime) -> None:
        """See `PrivacyStore.prune`."""

        def work(db: sqlite_utils.Database) -> None:
            db.execute("DELETE FROM drafts WHERE at < ?", [moment(drafts_before)])
            db.execute("DELETE FROM model_answers WHERE at < ?", [moment(answers_before)])
            db.execute(_FORGET_UNUSED)

        await self._database.write(work)


def _count(db: sqlite_utils.Database, source: str, of_whom: int) -> int:
    [number] = db.execute(f"SELECT count(*) FROM {source}", {"id": of_whom}).fetchone()  # noqa: S608 - ours
    return int(number)


def _of_person(db: sqlite_utils.Database, person: int) -> KeptOfPerson:
    queries = db.execute(
        f"SELECT query FROM subscriptions WHERE destination IN ({_DIRECT}) ORDER BY id",  # noqa: S608 - ours
        {"id": person},
    )
    return KeptOfPerson(
        direct=tuple(query for [query] in queries),
        messages=_count(db, f"outbox WHERE destination IN ({_DIRECT})", person),
        made=_count(db, "subscriptions WHERE created_by = :id AND guild_id IS NOT NULL", person),
        corrections=_count(db, "corrections WHERE person = :id", person),
        drafts=_count(db, "drafts WHERE person = :id", person),
    )


def _of_guild(db: sqlite_utils.Database, guild_id: int) -> KeptOfGuild:
    return KeptOfGuild(
        subscriptions=_count(db, "subscriptions WHERE guild_id = :id", guild_id),
        places=_count(db, "destinations WHERE guild_id = :id", guild_id),
        messages=_count(db, f"outbox WHERE destination IN ({_OF_GUILD})", guild_id),
        corrections=_count(db, "corrections WHERE guild_id = :id AND counts", guild_id),
        drafts=_count(db, "drafts WHERE guild_id = :id", guild_id),
    )


def _forget_person(db: sqlite_utils.Database, person: int) -> None:
    _forget_places(db, _DIRECT, person)
    db.execute("DELETE FROM drafts WHERE person = ?", [person])
    db.execute("UPDATE subscriptions SET created_by = ? WHERE created_by = ?", [NOBODY, person])
    _make_room(db, person)
    db.execute("UPDATE corrections SET person = ? WHERE person = ?", [NOBODY, person])


def _make_room(db: sqlite_utils.Database, person: int) -> None:
    """Of two corrections of one paper in one server that would both be nobody's, the older one counts no more."""
    rows = db.execute(
        "SELECT one.id, one.at, other.id, other.at FROM corrections AS one JOIN corrections AS other"
        " ON other.guild_id = one.guild_id AND other.paper = one.paper AND other.person = ? AND other.counts"
        " WHERE one.person = ? AND one.counts",
        [NOBODY, person],
    ).fetchall()
    older = [(number if (at, number) < (other_at, other) else other,) for number, at, other, other_at in rows]
    db.conn.executemany("DELETE FROM corrections WHERE id = ? AND NOT promoted", older)
    db.conn.executemany("UPDATE corrections SET counts = 0 WHERE id = ?", older)


def _forget_guild(db: sqlite_utils.Database, guild_id: int) -> None:
    targets = db.execute("SELECT target_id FROM destinations WHERE guild_id = ?", [guild_id]).fetchall()
    _forget_notices(db, [guild_id, *(target for [target] in targets)])
    _forget_places(db, _OF_GUILD, guild_id)
    _forget_corrections(db, guild_id)
    for table in ("drafts", "departures"):
        db.execute(f"DELETE FROM {table} WHERE guild_id = ?", [guild_id])  # noqa: S608 - ours


def _forget_places(db: sqlite_utils.Database, places: str, of_whom: int) -> None:
    for table in ("deliveries", "outbox", "subscriptions"):
        db.execute(f"DELETE FROM {table} WHERE destination IN ({places})", {"id": of_whom})  # noqa: S608 - ours
    db.execute(f"DELETE FROM destinations WHERE id IN ({places})", {"id": of_whom})  # noqa: S608 - ours


def _forget_notices(db: sqlite_utils.Database, names: Sequence[int]) -> None:
    """Deletes what people were told of these places in their direct messages, and who was told for that alone."""
    db.execute(
        "DELETE FROM outbox WHERE form = 'notice' AND EXISTS ("
        " SELECT 1 FROM json_each(?) AS names WHERE instr(payload || context, names.value))",
        [json.dumps([str(name) for name in names])],
    )
    db.execute(_FORGET_UNUSED)


def _forget_corrections(db: sqlite_utils.Database, guild_id: int) -> None:
    """Deletes a server's corrections, and its words from the index, which keeps deleted ones until it is merged."""
    rows = db.execute("SELECT DISTINCT paper FROM corrections WHERE guild_id = ?", [guild_id]).fetchall()
    keys = [key for [key] in rows]
    if not keys:
        return
    before = load(db, keys)
    db.execute("DELETE FROM corrections WHERE guild_id = ? AND NOT promoted", [guild_id])
    db.execute(
        "UPDATE corrections SET guild_id = ?, person = ?, counts = 0 WHERE guild_id = ?",
        [NOBODY, NOBODY, guild_id],
    )
    index(db, [Change(old, new) for old, new in zip(before, load(db, keys), strict=True)])
    db.execute("INSERT INTO search (search) VALUES ('optimize')")


def _note_presence(db: sqlite_utils.Database, present: Collection[int], at: str) -> None:
    here = [key_list(present)]
    db.execute("DELETE FROM departures WHERE guild_id IN (SELECT value FROM json_each(?))", here)
    db.execute(
        "INSERT OR IGNORE INTO departures (guild_id, noticed_at)"  # noqa: S608 - ours
        f" SELECT guild_id, ? FROM ({_KEPT_GUILDS}) WHERE guild_id IS NOT NULL AND guild_id <> ?"
        " AND guild_id NOT IN (SELECT value FROM json_each(?))",
        [at, NOBODY, *here],
    )

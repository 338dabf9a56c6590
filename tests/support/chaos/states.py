"""What the outbox was doing when the bot was killed: told by its database, and by what the playground did for it."""

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from enum import StrEnum
from http import HTTPStatus
from pathlib import Path

from support.chaos.wire import Exchange, Kind, Stage, Wire, step

_EDITED = """
    SELECT 1 FROM changed JOIN deliveries ON deliveries.paper = changed.paper
    JOIN outbox ON outbox.number = deliveries.outbox WHERE message_id = ?
"""

_SENDING = """
    SELECT outbox.id, outbox.kind, earlier.message_id
    FROM outbox LEFT JOIN outbox AS earlier ON earlier.number = outbox.after WHERE outbox.state = 'sending'
"""
_DONE = {HTTPStatus.OK, HTTPStatus.CREATED}
_STEPS = {"thread": "threads", "publish": "crosspost"}
UNPLANNED = "SELECT 1 FROM unplanned UNION ALL SELECT 1 FROM deliveries WHERE outbox IS NULL"
"""Papers that are kept, and in no message yet."""


class Doing(StrEnum):
    """What it was doing, in the order of a paper's way; nothing of the outbox's stands at the end."""

    PLANNING = "planning: papers were kept, and in no message yet"
    DUE = "due: messages waited, and none was claimed"
    CLAIMED = "claimed: a message was claimed, and not sent yet"
    BEFORE = "sending, before the message was stored"
    AFTER = "sending, after it was stored and before the answer"
    CONFIRMING = "confirming: the answer was there, and not noted yet"
    EDITING = "editing a message"
    FETCHING = "fetching, nothing in the outbox"
    NOTHING = "starting, or nothing to do"


HIT_OFTEN = (Doing.PLANNING, Doing.DUE, Doing.BEFORE, Doing.AFTER, Doing.CONFIRMING, Doing.EDITING)
"""What a run of a thousand kills must each have hit."""


class Snapshot:
    """A copy of the database as the dead process left it; the next one finds the file itself untouched."""

    def __init__(self, database: Path, copy: Path) -> None:
        for suffix in ("", "-wal"):
            source = database.with_name(database.name + suffix)
            target = copy.with_name(copy.name + suffix)
            target.unlink(missing_ok=True)
            if source.exists():
                shutil.copyfile(source, target)
        copy.with_name(f"{copy.name}-shm").unlink(missing_ok=True)
        self._path = copy

    def ask(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """The rows of a query."""
        with closing(sqlite3.connect(self._path)) as connection:
            return connection.execute(query, values).fetchall()

    def is_true(self, query: str, *values: object) -> bool:
        """Whether a query has a row."""
        return bool(self.ask(f"SELECT EXISTS ({query})", *values)[0][0])

    def sending(self) -> dict[str, str]:
        """The marks of what was claimed, see `Exchange.carries`, and the kind of each: message, thread, post, publish."""
        rows = self.ask(_SENDING)
        return {
            step(_STEPS[str(kind)], after) if kind in _STEPS else str(number): str(kind)
            for number, kind, after in rows
        }


def kinds(snapshot: Snapshot, wire: Wire) -> set[str]:
    """The kinds of what was being sent, as the database has it, and was asked of the playground."""
    sending = snapshot.sending()
    return {sending[mark] for mark in _newest_of_each(sending, wire.exchanges)}


def doing(snapshot: Snapshot, wire: Wire, *, fetching: bool) -> Doing:
    """What it was doing; of several things at once, as places are served side by side, the earliest."""
    sending = snapshot.sending()
    sent = _newest_of_each(sending, wire.exchanges)
    edits = [exchange for exchange in wire.exchanges if exchange.kind is Kind.EDIT]
    facts = {
        Doing.BEFORE: any(sent[mark].stage is Stage.ARRIVED for mark in sent.keys() - wire.stored),
        Doing.AFTER: any(not _succeeded(sent[mark]) for mark in sent.keys() & wire.stored),
        Doing.CONFIRMING: any(_succeeded(sent[mark]) for mark in sent.keys() & wire.stored),
        Doing.EDITING: any(_is_unnoted(exchange, snapshot) for exchange in edits),
        Doing.NOTHING: not wire.exchanges,
        Doing.PLANNING: not fetching and snapshot.is_true(UNPLANNED),
        Doing.CLAIMED: bool(sending),
        Doing.DUE: snapshot.is_true("SELECT 1 FROM outbox WHERE state = 'due'"),
        Doing.FETCHING: fetching,
    }
    return next((state for state, is_so in facts.items() if is_so), Doing.NOTHING)


def _newest_of_each(sending: Iterable[str], exchanges: Iterable[Exchange]) -> dict[str, Exchange]:
    """What was claimed and sent, each with the newest request that tried to."""
    created = [exchange for exchange in exchanges if exchange.kind is Kind.CREATE]
    return {mark: exchange for exchange in created for mark in sending if exchange.carries(mark)}


def _succeeded(exchange: Exchange) -> bool:
    return exchange.stage is Stage.ANSWERED and exchange.status in _DONE


def _is_unnoted(exchange: Exchange, snapshot: Snapshot) -> bool:
    return snapshot.is_true(_EDITED, int(exchange.path.rpartition("/")[2]))


def writes(database: Path) -> bool:
    """Whether a process that stands still is inside a transaction that writes."""
    with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            return True
    return False

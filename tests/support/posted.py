"""Messages that were posted already, written into the store as the courier leaves them."""

import json
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

import sqlite_utils

from papers.delivery import shown_hash
from papers.errors import PublishError
from papers.models import (
    Destination,
    Kind,
    Payload,
    PostedMessage,
)
from storage import Stores
from storage.posted import messages_of
from storage.rows import moment
from storage.subscription_rows import destination_id
from support.papers import AT
from support.subscriptions import CHANNEL

_OUTBOX = """
    INSERT INTO outbox (id, destination, guild_id, payload, planned_at, due_at, kind, after, state, message_id, ended_at)
    VALUES (:id, :place, :guild, '{}', :at, :at, :kind, (SELECT number FROM outbox WHERE id = :after),
        :state, CASE :state WHEN 'sent' THEN :message_id END, CASE :state WHEN 'sent' THEN :at END)
    RETURNING number
"""
_DELIVERY = """
    INSERT INTO deliveries (destination, paper, outbox, subscription, language, position, summarised)
    SELECT ?, key, ?, 1, ?, ?, ? FROM papers WHERE arxiv_id = ?
"""


@dataclass(frozen=True)
class Post:
    """An outbox row to be: as a card in a channel that was posted, if nothing else is said.

    Attributes:
        summarised: papers that one line of it tells of.
    """

    id: str
    papers: tuple[str, ...] = ()
    place: Destination = CHANNEL
    summarised: tuple[str, ...] = ()
    kind: Kind = Kind.MESSAGE
    after: str | None = None
    state: str = "sent"
    message_id: int = 1
    language: str | None = None
    at: datetime = AT


async def post(stores: Stores, *posts: Post) -> None:
    """Writes rows that show what is known of their papers now; the papers are planned."""
    for one in posts:
        await stores.database.write(lambda db, one=one: _write(db, one))  # type: ignore[misc]  # it is no default
    await stores.database.write(lambda db: db.execute("DELETE FROM unplanned"))


def _write(db: sqlite_utils.Database, one: Post) -> None:
    place = destination_id(db, one.place)
    [number] = db.execute(
        _OUTBOX,
        {
            "id": one.id,
            "place": place,
            "guild": one.place.guild_id,
            "at": moment(one.at),
            "kind": one.kind.value,
            "after": one.after,
            "state": one.state,
            "message_id": one.message_id,
        },
    ).fetchone()
    carried = [*((name, 0) for name in one.papers), *((name, 1) for name in one.summarised)]
    for position, (arxiv_id, told) in enumerate(carried):
        db.execute(_DELIVERY, [place, number, one.language, position, told, arxiv_id])
    keys = [key for [key] in db.execute("SELECT paper FROM deliveries WHERE outbox = ?", [number])]
    shown = {
        message.outbox_id: shown_hash(Showing().again(message))
        for messages in messages_of(db, keys).values()
        for message in messages
    }
    if one.id in shown:
        db.execute("UPDATE outbox SET shown = ? WHERE id = ?", [shown[one.id], one.id])


class Showing:
    """A `papers.ports.Recomposer` that shows titles, bullets, classifications, upvotes and stars, a line a paper."""

    def again(self, message: PostedMessage) -> Payload:
        """See `papers.ports.Recomposer`."""
        lines = [
            [
                *(paper.title, *paper.bullets, *(item.name for item in paper.classifications)),
                *(f"{paper.upvotes}▲", f"{paper.stars}★"),
            ]
            for paper in (
                said.seen_in(message.destination.guild_id).in_language(message.language)
                for said in message.papers
            )
        ]
        return {"content": json.dumps(lines, ensure_ascii=False)}


@dataclass
class EditBoard:
    """A `papers.ports.MessageEditor` in memory that takes edits, and fails as it is told.

    Attributes:
        shows: what messages show, by their outbox id.
        edits: when which message was edited, in order.
        faults: what becomes of the next edits, one each; None takes it.
        meanwhile: what happens while a message is being edited.
    """

    now: Callable[[], datetime]
    shows: dict[str, str] = field(default_factory=dict)
    edits: list[tuple[datetime, str]] = field(default_factory=list)
    faults: deque[PublishError | None] = field(default_factory=deque)
    meanwhile: Callable[[], Awaitable[object]] | None = None

    @property
    def edited(self) -> list[str]:
        """The ids of what was edited, in order."""
        return [outbox_id for _, outbox_id in self.edits]

    async def edit(self, message: PostedMessage, payload: Payload) -> None:
        """See `papers.ports.MessageEditor`."""
        if (meanwhile := self.meanwhile) is not None:
            self.meanwhile = None
            await meanwhile()
        if (fault := self.faults.popleft() if self.faults else None) is not None:
            raise fault
        self.edits.append((self.now(), message.outbox_id))
        self.shows[message.outbox_id] = str(payload["content"])

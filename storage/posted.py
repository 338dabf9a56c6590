"""The messages that show papers, as they were posted."""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlite_utils

from papers.models import Form, Kind, Paper, PaperKey, PostedMessage
from storage.rows import destination_of, key_list, load

STANDS_IN = """
    CASE outbox.kind WHEN 'post' THEN outbox.message_id ELSE coalesce(
        (SELECT first.message_id FROM outbox AS first WHERE first.number = outbox.after AND first.kind = 'thread'),
        destinations.target_id) END
"""
"""The channel or thread in which a row's message stands; for direct messages the person."""

_MESSAGES = f"""
    SELECT outbox.number, outbox.id, destinations.kind, target_id, destinations.guild_id, outbox.message_id, shown,
        outbox.kind, form, context,
        {STANDS_IN},
        coalesce(edited_at, outbox.ended_at) AS since
    FROM outbox JOIN destinations ON destinations.id = outbox.destination
    WHERE outbox.state = 'sent' AND outbox.message_id IS NOT NULL AND outbox.number IN (
        SELECT outbox FROM deliveries WHERE NOT summarised AND paper IN (SELECT value FROM json_each(?)))
    ORDER BY since, outbox.number
"""  # noqa: S608 - words of ours
_PAPERS = """
    SELECT outbox, paper, language FROM deliveries
    WHERE NOT summarised AND outbox IN (SELECT value FROM json_each(?)) ORDER BY outbox, position, paper
"""


def messages_of(db: sqlite_utils.Database, keys: Sequence[PaperKey]) -> dict[PaperKey, list[PostedMessage]]:
    """The messages that show those papers, by paper: those that were posted or edited longest ago first."""
    rows = db.execute(_MESSAGES, [key_list(keys)]).fetchall()
    carried = db.execute(_PAPERS, [key_list(number for number, *_ in rows)]).fetchall()
    loaded = {paper.key: paper for paper in load(db, sorted({key for _, key, _ in carried}))}
    papers: dict[int, list[Paper]] = defaultdict(list)
    languages: dict[int, str | None] = {}
    for number, key, language in carried:
        papers[number].append(loaded[key])
        languages[number] = language
    found: dict[PaperKey, list[PostedMessage]] = {key: [] for key in keys}
    for number, *columns in rows:
        message = _message(columns, papers[number], languages[number])
        for paper in message.papers:
            if paper.key in found:
                found[paper.key].append(message)
    return found


def _message(columns: Sequence[Any], papers: Sequence[Paper], language: str | None) -> PostedMessage:
    outbox_id, place, target, guild, message_id, shown, step, form, context, channel, since = columns
    return PostedMessage(
        outbox_id=outbox_id,
        destination=destination_of(place, target, guild),
        channel_id=channel,
        message_id=message_id,
        kind=Kind(step),
        form=Form(form),
        context=json.loads(context),
        papers=tuple(papers),
        shown=shown or "",
        language=language,
        edited_at=datetime.fromisoformat(since),
    )

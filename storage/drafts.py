"""Drafts of subscriptions, which wait to be saved or cancelled."""

import secrets
from datetime import datetime

import sqlite_utils

from papers.models import Draft
from storage.rows import moment

_ID_BYTES = 8


def save(db: sqlite_utils.Database, draft: Draft, at: datetime) -> str:
    """Keeps a draft; its id is random, so that nobody guesses another's."""
    draft_id = secrets.token_hex(_ID_BYTES)
    db.execute(
        "INSERT INTO drafts (id, person, guild_id, said, at) VALUES (?, ?, ?, ?, ?)",
        [draft_id, draft.person, draft.destination.guild_id, draft.model_dump_json(), moment(at)],
    )
    return draft_id


def load(db: sqlite_utils.Database, draft_id: str) -> Draft | None:
    """The draft with that id."""
    row = db.execute("SELECT said FROM drafts WHERE id = ?", [draft_id]).fetchone()
    return None if row is None else Draft.model_validate_json(row[0])


def drop(db: sqlite_utils.Database, draft_id: str) -> None:
    """Forgets a draft."""
    db.execute("DELETE FROM drafts WHERE id = ?", [draft_id])

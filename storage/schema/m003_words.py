"""Makes room for more words in the index: what a paper has, its day, upvotes, categories and sources."""

import sqlite_utils

from storage.schema.base import migrations


@migrations()
def m003_words(db: sqlite_utils.Database) -> None:
    """Empties the index; `storage.indexing.fill` fills it from what is kept once every migration is done."""
    db.execute("INSERT INTO search (search) VALUES ('delete-all')")

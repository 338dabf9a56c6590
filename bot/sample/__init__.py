"""A day to try the bot with: twelve papers of 24 June 2026, as the hub's `GET /api/daily_papers` answers.

Titles, authors, dates, upvotes and links are what the hub said of that day; the summaries are retold in our own
words. Nobody who submitted a paper is named.
"""

from datetime import date
from importlib.resources import files

SAMPLE_DAY = date(2026, 6, 24)
"""The day of the sample, a Wednesday."""


def sample_answer() -> bytes:
    """The body of the hub's answer for the sample's day: a JSON list in UTF-8, most upvotes first."""
    return (files(__name__) / "daily_papers.json").read_bytes()

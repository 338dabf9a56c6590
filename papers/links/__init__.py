"""Links to code, models, datasets, Spaces, collections and project pages, each brought to its one form."""

from papers.links.forms import distinct, key, read, recognise
from papers.links.pages import page
from papers.links.text import find

ARXIV_ID = r"\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7}"
"""A pattern for ids without version, since April 2007 and before (arxiv.org/help/arxiv_identifier)."""

__all__ = ["ARXIV_ID", "distinct", "find", "key", "page", "read", "recognise"]

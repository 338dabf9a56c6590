"""The query language: one text, parsed once into a tree of terms that searching and matching share.

`tag:Multimodal -tag:=Robotics author:"Yann LeCun" (has:code OR upvotes:>20) since:2026-01-01 "flow matching"`: all
terms must hold, `-` turns one round, `OR` lets one of several do and binds less than standing side by side, brackets
keep together. A word that the tokeniser cuts in several (`GPT-4`) is a phrase. See docs/decisions/0019.
"""

from papers.query.building import (
    all_of,
    announced_since,
    announced_until,
    any_of,
    combine,
    negated,
    tagged,
    written_by,
)
from papers.query.limits import MAX_DEPTH, MAX_LENGTH, MAX_TERMS
from papers.query.parsing import parse
from papers.query.terms import (
    AllOf,
    AnyOf,
    Author,
    Category,
    Comparison,
    Dated,
    Has,
    Leaf,
    LinkedThing,
    Not,
    Query,
    Since,
    Source,
    Tag,
    Term,
    Until,
    Upvotes,
    Words,
)

__all__ = [
    "MAX_DEPTH",
    "MAX_LENGTH",
    "MAX_TERMS",
    "AllOf",
    "AnyOf",
    "Author",
    "Category",
    "Comparison",
    "Dated",
    "Has",
    "Leaf",
    "LinkedThing",
    "Not",
    "Query",
    "Since",
    "Source",
    "Tag",
    "Term",
    "Until",
    "Upvotes",
    "Words",
    "all_of",
    "announced_since",
    "announced_until",
    "any_of",
    "combine",
    "negated",
    "parse",
    "tagged",
    "written_by",
]

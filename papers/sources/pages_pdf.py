"""The beginning of a paper as PDF: text and links of its first pages."""

import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from papers.sources.front_matter import MOST_LINKS, MOST_TEXT, FrontMatter

PAGES = 3
"""How many are read."""

_LONGEST_LINK = 512
_ABSTRACT = re.compile(r"^\W*abstract\b", re.IGNORECASE | re.MULTILINE)
_INTRODUCTION = re.compile(r"^\W*[1I]?\W*I\s?n\s?t\s?roduction\W*$", re.IGNORECASE | re.MULTILINE)
_REFERENCES = re.compile(r"^\W*(?:references|bibliography)\W*$", re.IGNORECASE | re.MULTILINE)
_LONGEST_ABSTRACT = 6_000  # characters; what is longer is no abstract
_FOOTNOTE = re.compile(r"\n\s*(?=[\d*†‡§¶]{1,2}\s?(?:https?:|www\.|[A-Z][^\n]*https?:))")
"""Where a footnote with an address begins: its mark stands at the beginning of a line."""


def read(document: bytes) -> FrontMatter:
    """Reads the first pages.

    Args:
        document: the PDF.

    Returns:
        The beginning. Addresses that are broken over lines are put together where the PDF links them; links whose
        address is not in the text stand alone, after it.

    Raises:
        Exception: pypdf cannot read it; of damaged files it tells in many ways.
    """
    pages = [*islice(PdfReader(io.BytesIO(document)).pages, PAGES)]
    text = "\n".join(page.extract_text().strip() for page in pages)[:MOST_TEXT]
    addresses = [*islice(dict.fromkeys(_addresses(pages)), MOST_LINKS)]
    for address in addresses:
        text = _mended(text, address)
    unwritten = [address for address in addresses if address not in text]
    text = _REFERENCES.split(text, maxsplit=1)[0]
    abstract, others = _abstract(text)
    rest = (note.strip() for other in others for note in _FOOTNOTE.split(other))
    return FrontMatter(abstract=abstract, rest=(*filter(None, rest), *unwritten)).shortened()


def _abstract(text: str) -> tuple[str, tuple[str, ...]]:
    """The abstract, and what stands before and after it."""
    heading = _ABSTRACT.search(text)
    end = _INTRODUCTION.search(text, heading.end() if heading else 0)
    if heading is None or end is None or end.start() - heading.end() > _LONGEST_ABSTRACT:
        return "", (text,)
    return text[heading.end() : end.start()].strip(), (text[: heading.start()], text[end.end() :])


def _mended(text: str, address: str) -> str:
    """The text with an address in one piece where it is broken over lines."""
    bare = re.sub(r"\Ahttps?://", "", address)
    broken = re.compile(r"\s*".join(map(re.escape, bare)))
    return broken.sub(lambda _: bare, text)


def _addresses(pages: Iterable[PageObject]) -> Iterator[str]:
    for page in pages:
        notes = page.get("/Annots")
        for note in _resolved(notes) if notes is not None else ():
            address = _address(note)
            if address.startswith("http") and len(address) <= _LONGEST_LINK:
                yield address


def _resolved(notes: object) -> Iterable[object]:
    found = notes.get_object() if hasattr(notes, "get_object") else notes
    return found if isinstance(found, ArrayObject) else ()


def _address(note: object) -> str:
    """Where an annotation leads; empty where it is no link to a page of the web."""
    found = note.get_object() if hasattr(note, "get_object") else note
    action = found.get("/A") if isinstance(found, DictionaryObject) else None
    action = action.get_object() if action is not None else None
    address = action.get("/URI") if isinstance(action, DictionaryObject) else None
    return str(address or "").strip()

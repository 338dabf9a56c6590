"""The beginning of a paper as HTML, the way LaTeXML writes it (arxiv.org/html; math.nist.gov/~BMiller/LaTeXML)."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from papers.sources.front_matter import MOST_LINKS, FrontMatter

_ARTICLE = "article.ltx_document"
_ABSTRACT = ".ltx_abstract"
_SECTION = "section.ltx_section"
_PARAGRAPH = "section.ltx_section .ltx_para"
_BLOCK = "p, div, h1, h2, h3, h4, h5, h6, li, br, .ltx_note"
_NO_PROSE = (
    "script, style, nav, math, table, figure, .ltx_bibliography, .ltx_appendix, .ltx_TOC, "
    ".ltx_note_mark, .ltx_tag, .ltx_title_abstract"
)
_LINK = "a[href^='http']"
_LABEL = re.compile(
    r"(?:(?:project|home|web|demo|our|source)[- ]?)?(?:codes?|github|repo(?:sitory)?|page|website|homepage|webpage|site|"
    r"project|datasets?|data|models?|weights|checkpoints?|demo|benchmark|leaderboard)",
    re.IGNORECASE,
)
"""What a link is called that stands for itself, as in a row under the authors: "Project Page | Code | Data"."""


def read(document: bytes) -> FrontMatter:
    """Reads title block, abstract and the first section, their footnotes included.

    Args:
        document: the page.

    Returns:
        The beginning; text that the page does not show, tables, figures and references are left out.

    Raises:
        ValueError: the page holds no paper.
    """
    article = LexborHTMLParser(document).css_first(_ARTICLE)
    if article is None:
        raise ValueError("the page holds no paper")
    for node in (*article.css(_NO_PROSE), *article.css(_SECTION)[1:]):
        node.decompose()
    for link in article.css(_LINK)[:MOST_LINKS]:
        _write_out(link)
    for block in article.css(_BLOCK):
        block.insert_before(" ")
        block.insert_after(" ")
    abstract = " ".join(_taken(article, _ABSTRACT))
    introduction = [*_taken(article, _PARAGRAPH)]
    return FrontMatter(abstract=abstract, rest=(_text(article), *introduction)).shortened()


def _write_out(link: LexborNode) -> None:
    """Writes a link's address after its words, unless they are the address."""
    address = link.attributes.get("href") or ""
    words = _text(link)
    if "." in words and words.removeprefix("https://").removeprefix("http://") in address:
        return
    link.insert_after(f": {address} " if _LABEL.fullmatch(words) else f" ({address}) ")


def _taken(article: LexborNode, selector: str) -> Iterator[str]:
    """Takes parts out of the article; their texts."""
    for node in article.css(selector):
        yield _text(node)
        node.decompose()


def _text(node: LexborNode) -> str:
    return " ".join(node.text().split())

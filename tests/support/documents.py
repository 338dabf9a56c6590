"""Papers as documents, in our own words: HTML the way arXiv's converter marks it up, and PDFs."""

import io
from collections.abc import Mapping, Sequence

from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

WIDTH, HEIGHT = 612, 792


def html(*, abstract: str = "", authors: str = "", sections: Sequence[str] = (), end: str = "") -> bytes:
    """A page with a paper; all parts are HTML themselves, sections of paragraphs."""
    told = "".join(
        f'<section class="ltx_section"><h2 class="ltx_title">{number} Part</h2>{section}</section>'
        for number, section in enumerate(sections, 1)
    )
    return (
        "<!DOCTYPE html><html><head><title>Tides</title></head><body>"
        '<nav><a href="https://github.com/site/chrome">Report a problem</a></nav>'
        '<article class="ltx_document"><h1 class="ltx_title ltx_title_document">Tide: forecasting</h1>'
        f'<div class="ltx_authors">{authors}</div>'
        f'<div class="ltx_abstract"><h6 class="ltx_title_abstract">Abstract</h6><p class="ltx_p">{abstract}</p></div>'
        f"{told}"
        f'<section class="ltx_bibliography"><h2>References</h2>{end}</section></article></body></html>'
    ).encode()


def paragraph(text: str) -> str:
    """A paragraph of a section."""
    return f'<div class="ltx_para"><p class="ltx_p">{text}</p></div>'


def footnote(text: str) -> str:
    """A footnote, which stands where its mark is."""
    return (
        '<span class="ltx_note ltx_role_footnote"><sup class="ltx_note_mark">1</sup><span class="ltx_note_outer">'
        f'<span class="ltx_note_content"><sup class="ltx_note_mark">1</sup>{text}</span></span></span>'
    )


def anchor(address: str, words: str | None = None) -> str:
    """A link."""
    return f'<a class="ltx_ref ltx_href" href="{address}">{words or address}</a>'


def pdf(*pages: Sequence[str], links: Mapping[int, Sequence[str]] | None = None) -> bytes:
    """A PDF with pages of lines, and addresses that pages link to, by their number from 0."""
    writer = PdfWriter()
    for lines in pages:
        page = writer.add_blank_page(WIDTH, HEIGHT)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): _font()})}
        )
        content = DecodedStreamObject()
        content.set_data(_drawn(lines))
        page[NameObject("/Contents")] = content
    for number, addresses in (links or {}).items():
        for address in addresses:
            writer.add_annotation(number, Link(rect=(10, 10, 60, 20), url=address))
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _font() -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )


def _drawn(lines: Sequence[str]) -> bytes:
    told = [line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in lines]
    shown = "\n".join(f"({line}) Tj T*" for line in told)
    return f"BT /F1 9 Tf 12 TL 40 750 Td\n{shown}\nET".encode("latin-1")

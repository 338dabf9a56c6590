"""Documents of arXiv: recorded ones, our own, and broken ones."""

import re
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from papers.errors import BadPayloadError, SourceError, SourceRefusedError
from papers.models import Announcement, ArxivRecord, Origin, Statement
from papers.sources.arxiv_feed import Feed, parse
from papers.text import normalise
from support.arxiv_server import Preprint, answer, feed, wrong
from support.papers import DAY

KITES = Preprint("2606.01001")
ROOT = Path(__file__).parents[3]


def only(content: bytes) -> Announcement:
    [entry] = parse(content).entries
    return entry.announcement


def recorded(folder: Path, name: str) -> Feed:
    [file] = (folder / "arxiv_atom").glob(f"{name}*.xml")
    return parse(file.read_bytes())


def ids(document: Feed) -> list[str]:
    return [entry.announcement.arxiv_id for entry in document.entries]


def test_every_recorded_document_is_read_or_says_why(shared_data: Path) -> None:
    refused = []
    for file in sorted((shared_data / "arxiv_atom").glob("*.xml")):
        try:
            document = parse(file.read_bytes())
        except SourceRefusedError:
            refused.append(file.name)
            continue
        assert len(document.entries) == file.read_bytes().count(b"<entry>"), file.name
        assert not document.problems, file.name
        for entry in document.entries:
            [said] = entry.announcement.statements
            assert said.title, file.name
            assert said.abstract, file.name
            assert said.authors, file.name
            assert said.arxiv, file.name
            assert said.arxiv.categories, file.name
            assert said.arxiv.version, file.name
            assert entry.announcement.published, file.name
            assert "\n" not in said.title + said.abstract
    assert [name[:7] for name in refused] == ["id_abc_"]


def test_a_recorded_malformed_id_is_a_refusal(shared_data: Path) -> None:
    with pytest.raises(SourceRefusedError, match="incorrect id format for abc") as caught:
        recorded(shared_data, "id_abc")
    assert caught.value.status == 400


def test_recorded_unknown_ids_are_left_out(shared_data: Path) -> None:
    assert ids(recorded(shared_data, "id_0808.05394_1707.08567")) == ["1707.08567"]
    empty = recorded(shared_data, "id_0000.0000")
    assert (ids(empty), empty.total) == ([], 0)


def test_recorded_old_ids_lose_their_version_only(shared_data: Path) -> None:
    assert ids(recorded(shared_data, "id_astro-ph_0601001")) == ["astro-ph/0601001"]
    assert ids(recorded(shared_data, "id_quant-ph_0201082v1")) == ["quant-ph/0201082"]


def test_recorded_pages_say_how_many_there_are(shared_data: Path) -> None:
    pages = [recorded(shared_data, f"q_testing_s{start}_m10_") for start in (0, 10, 40)]
    assert {page.total for page in pages} == {214_881}
    assert len({arxiv_id for page in pages for arxiv_id in ids(page)}) == 30
    assert ids(recorded(shared_data, "q_testing_s0_m100"))[:20] == ids(pages[0]) + ids(pages[1])


def test_the_recorded_dialect_of_2020_is_read(shared_data: Path) -> None:
    document = recorded(shared_data, "arxiv_atom_2020")
    [entry] = document.entries
    [said] = entry.announcement.statements
    assert document.total == 1
    assert entry.announcement.published == date(2015, 12, 26)
    assert said.title == (
        "Inelastic effects in molecular transport junctions: The probe technique at high bias"
    )
    assert said.abstract is not None
    assert r"Landauer-B\"uttiker" in said.abstract
    assert said.arxiv == ArxivRecord(
        categories=("cond-mat.mes-hall",),
        journal_ref="J. Chem. Phys. 144, 124107 (2016)",
        doi="10.1063/1.4944470",
        version=1,
        updated=date(2015, 12, 26),
    )


def test_a_recorded_weekend_is_a_list_without_papers(shared_data: Path) -> None:
    assert recorded(shared_data, "arxiv_rss_cs_weekend") == Feed(day=date(2025, 4, 27))


def test_the_api_says_everything_of_a_paper() -> None:
    preprint = Preprint(
        "2606.01001",
        "Kites &\n  $p<0.05$",
        abstract="<b>Bold</b> & V_max<17.5,\n\\alpha",
        authors=("Ada Marsh", "Grace Loom (MIT)"),
        categories=("cs.CL", "stat.ML", "68T50", "I.2.7"),
        submitted=datetime(2026, 6, 22, 3, tzinfo=UTC),
        version=3,
        comment="12 pages,\n code at https://github.com/marsh/kites",
    )
    assert only(answer([preprint.entry()], total=1)) == Announcement(
        arxiv_id="2606.01001",
        published=date(2026, 6, 22),
        statements=(
            Statement(
                origin=Origin.ARXIV,
                title="Kites & $p<0.05$",
                authors=("Ada Marsh", "Grace Loom (MIT)"),
                abstract="<b>Bold</b> & V_max<17.5, \\alpha",
                arxiv=ArxivRecord(
                    categories=("cs.CL", "stat.ML"),
                    comment="12 pages, code at https://github.com/marsh/kites",
                    version=3,
                    updated=date(2026, 6, 22),
                ),
            ),
        ),
    )


def test_the_feed_says_what_is_announced_and_how() -> None:
    preprint = Preprint(
        "2606.01001",
        r"K\"ates &amp; <i>co</i>",
        abstract="p<0.05, <b>bold</b> &lt; <script>as x<y>z</script> <a href='/b'>c</a>",
        authors=(r"M\"arta Loom (University of A, B (C))", "Bo O'Neill Jr.", "Team X"),
        categories=("cs.CV", "cs.CL"),
        version=2,
    )
    document = parse(feed([preprint.item("cross")], day=DAY))
    [entry] = document.entries
    assert (document.day, document.total, entry.announced_as) == (DAY, None, "cross")
    assert entry.announcement == Announcement(
        arxiv_id="2606.01001",
        statements=(
            Statement(
                origin=Origin.ARXIV,
                title=r"K\"ates &amp; <i>co</i>",
                authors=(r"M\"arta Loom", "Bo O'Neill Jr.", "Team X"),
                abstract="p<0.05, <b>bold</b> &lt; <script>as x<y>z</script> <a href='/b'>c</a>",
                arxiv=ArxivRecord(categories=("cs.CV", "cs.CL"), version=2),
            ),
        ),
    )


def test_parentheses_that_do_not_match_are_left() -> None:
    preprint = Preprint("2606.01001", authors=("Ada Marsh (MIT", "Bo) (x"))
    assert only(feed([preprint.item("new")], day=DAY)).statements[0].authors == ("Ada Marsh (MIT", "Bo) (x")


def test_how_it_is_announced_stands_in_the_description_too() -> None:
    item = re.sub(r"<arxiv:announce_type>.*?</arxiv:announce_type>", "", KITES.item("replace"))
    [entry] = parse(feed([item], day=DAY)).entries
    assert entry.announced_as == "replace"
    assert entry.announcement.statements[0].abstract == KITES.abstract


@pytest.mark.parametrize("day", [date(2026, 1, 5), date(2026, 3, 8), date(2026, 7, 1), date(2026, 11, 1)])
def test_a_list_is_dated_in_new_york(day: date) -> None:
    assert parse(feed([], day=day)).day == day


def test_an_entry_that_cannot_be_read_costs_nothing_but_itself() -> None:
    entries = [
        KITES.entry().replace("/abs/", "/help/"),
        Preprint("2606.01002", " ").entry(),
        Preprint("2606.01003", "x" * 2_001).entry(),
        KITES.entry(),
    ]
    document = parse(answer(entries, total=4))
    assert ids(document) == ["2606.01001"]
    assert document.length == 4
    assert [(problem.item, problem.reason) for problem in document.problems] == [
        ("http://arxiv.org/help/2606.01001v1", "the entry cannot be read: it has no arXiv id"),
        ("http://arxiv.org/abs/2606.01002v1", "the entry cannot be read: it has no title"),
        ("http://arxiv.org/abs/2606.01003v1", "the entry cannot be read: it has no title"),
    ]


@pytest.mark.parametrize("text", ["yesterday", "0000-00-00T00:00:00Z", "9999-99-99T00:00:00Z", "-1", ""])
def test_a_date_that_is_none_costs_nothing_but_itself(text: str) -> None:
    entry = re.sub(r"<(published|updated)>[^<]*", rf"<\1>{text}", KITES.entry())
    paper = only(answer([entry], total=1))
    assert (paper.arxiv_id, paper.published) == ("2606.01001", None)
    assert parse(re.sub(rb"<pubDate>[^<]*", b"<pubDate>" + text.encode(), feed([], day=DAY))).day is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Rate exceeded.",
        b'{"papers": []}',
        b"<!doctype html><html><body>arXiv is down for maintenance</body></html>",
        b"<html><body>arXiv is down</body></html>",
        b"\xff\xfe\x00\xd8",
    ],
)
def test_what_is_no_feed_is_a_bad_payload(content: bytes) -> None:
    with pytest.raises(BadPayloadError, match=r"^arXiv answered with something that is no whole feed\.$"):
        parse(content)


@pytest.mark.parametrize(
    "document", [answer([KITES.entry()] * 3, total=3), feed([KITES.item("new")] * 3, day=DAY), wrong("id")]
)
def test_wherever_a_document_is_cut_off_it_is_a_bad_payload(document: bytes) -> None:
    for end in range(1, len(document), 37):
        with pytest.raises(BadPayloadError):
            parse(document[:end])


@pytest.mark.parametrize("junk", [b"&#xD800;", b"&#x110000;", b"\x00", b"\xff", b"<b>", b"]]>", b"&no;"])
@pytest.mark.parametrize("document", [answer([KITES.entry()], total=1), feed([KITES.item("new")], day=DAY)])
def test_wherever_a_document_is_broken_it_is_a_bad_payload_or_read(document: bytes, junk: bytes) -> None:
    assert len(parse(document).entries) == 1
    for at in range(0, len(document), 11):
        with suppress(BadPayloadError):
            assert parse(document[:at] + junk + document[at:]).length <= 1


def test_a_bomb_of_entities_does_not_go_off() -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = (
        f'<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY l0 "{"lol" * 10}">{levels}]>'
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2606.01001v1</id>'
        "<title>&l9;</title></entry></feed>"
    )
    try:
        said = repr(parse(bomb.encode()))
    except BadPayloadError:
        said = ""
    assert len(said) < 10_000


def test_a_file_is_not_read_by_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hunter2")
    document = (
        f'<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2606.01001v1</id>'
        "<title>a&x;b</title></entry></feed>"
    )
    assert "hunter2" not in repr(parse(document.encode()))


def put_right(text: str) -> str:
    """UTF-8 that somebody took for Latin-1 and encoded again, as it was meant; any other text as it is."""
    try:
        return text.encode("latin-1").decode()
    except UnicodeError:
        return text


def test_words_that_were_encoded_twice_are_put_right() -> None:
    preprint = Preprint("2606.01001", abstract="naÃ¯ve, and 100 Â°C")
    [said] = only(answer([preprint.entry()], total=1)).statements
    assert said.abstract == "naïve, and 100 °C"


_XML_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=80,
)
_IDS = st.from_regex(
    re.compile(r"\d{4}\.\d{4,5}|[a-z]{2,8}(?:-[a-z]{2,4})?(?:\.[A-Z]{2})?/\d{7}", re.ASCII), fullmatch=True
)


@settings(deadline=None)
@example(arxiv_id="0000.0000", version=1, title="0", abstract="Â¡", kind=False)
@given(arxiv_id=_IDS, version=st.integers(1, 40), title=_XML_TEXT, abstract=_XML_TEXT, kind=st.booleans())
def test_ids_and_words_come_through_as_they_are(
    arxiv_id: str, version: int, title: str, abstract: str, *, kind: bool
) -> None:
    preprint = Preprint(arxiv_id, f"T {title}", abstract=f"A {abstract}", version=version)
    document = feed([preprint.item("new")], day=DAY) if kind else answer([preprint.entry()], total=1)
    paper = only(document)
    [said] = paper.statements
    assert paper.arxiv_id == arxiv_id
    assert said.title == normalise(put_right(preprint.title))
    assert said.abstract == normalise(put_right(preprint.abstract))
    assert said.arxiv is not None
    assert said.arxiv.version == version


_MARKUP = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *(
                    "<feed>",
                    "</feed>",
                    "<entry>",
                    "</entry>",
                    "<id>",
                    "</id>",
                    "<title>",
                    "</title>",
                    "<rss>",
                ),
                *(
                    "<item>",
                    "</item>",
                    "<guid>",
                    "<author>",
                    "<name>",
                    "<!--",
                    "-->",
                    "<![CDATA[",
                    "]]>",
                    "&amp;",
                ),
                *(
                    "&#0;",
                    "&x;",
                    '<category term="',
                    '"/>',
                    "oai:arXiv.org:2606.01001v1",
                    "/abs/2606.01001v0",
                ),
            ]
        ),
        st.text(max_size=6).map(escape),
    ),
    max_size=30,
).map("".join)


@given(st.one_of(st.binary(max_size=200), _MARKUP.map(lambda text: text.encode("utf-8", "replace"))))
def test_whatever_comes_is_a_feed_or_one_error(content: bytes) -> None:
    try:
        document = parse(content)
    except SourceError as error:
        said = str(error)
    else:
        said = f"arXiv gave {document.length}"
    assert re.fullmatch(r"arXiv .+", said)


@given(arxiv_id=_XML_TEXT, title=_XML_TEXT, moment=_XML_TEXT, name=_XML_TEXT)
def test_whatever_is_in_an_entry_it_is_read_or_a_problem(
    arxiv_id: str, title: str, moment: str, name: str
) -> None:
    entry = (
        f"<entry><id>{escape(arxiv_id)}</id><title>{escape(title)}</title><published>{escape(moment)}</published>"
        f"<author><name>{escape(name)}</name></author></entry>"
    )
    document = parse(answer([entry, KITES.entry()], total=2))
    assert document.length == 2
    assert ids(document)[-1] == "2606.01001"


def test_nobody_pays_for_the_library_before_there_is_a_document() -> None:
    wired = "papers.sources.arxiv_categories, papers.sources.arxiv_records"
    asked = f"import sys, {wired}; sys.exit('feedparser' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False, cwd=ROOT).returncode == 0  # noqa: S603 - our own

from datetime import date
from importlib.resources import files
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from papers.models import Announcement, ArxivRecord, Link, LinkKind, Origin, Statement
from papers.reading.classifier import SHIPPED, Classifier
from papers.reading.reader import LocalReader

CODE = Link(kind=LinkKind.CODE, url="https://github.com/lamps/dimmer")
HUB = Statement(
    origin=Origin.HUB,
    title="Dimmer: text-to-speech for lamps",
    abstract="We introduce Dimmer, a lamp that speaks. It speaks well. Its code: https://www.github.com/lamps/dimmer/.",
    lead="A lamp is introduced.",
)
DIGEST = Statement(
    origin=Origin.DIGEST,
    day=date(2025, 6, 3),
    title="Dimmer",
    bullets=("- It is a robot arm, see github.com/lamps/dimmer.", "It lifts lamps."),
)
texts = st.none() | st.text(st.characters(exclude_categories=()), max_size=120)
lists = st.none() | st.lists(st.text(max_size=60), max_size=3).map(tuple)
statements = st.builds(
    Statement,
    origin=st.sampled_from(Origin),
    day=st.none() | st.dates(),
    title=texts,
    abstract=texts,
    lead=texts,
    bullets=lists,
    classifications=st.none(),
    links=st.none(),
    authors=st.none(),
)


def announced(*told: Statement) -> Announcement:
    return Announcement(arxiv_id="2506.00001", statements=told)


def read(*told: Statement) -> tuple[Statement, Statement]:
    drawn, classified = LocalReader().read(announced(*told)).statements[-2:]
    assert (drawn.origin, classified.origin) == (Origin.EXTRACT, Origin.SHIPPED_MODEL)
    return drawn, classified


def labels(*told: Statement) -> list[str]:
    _, classified = read(*told)
    return [item.name for item in classified.classifications or ()]


def test_bullets_classifications_and_links_are_read_from_the_abstract() -> None:
    drawn, classified = read(HUB)
    assert drawn.bullets is not None
    assert drawn.bullets[0] == "Introduces Dimmer, a lamp that speaks."
    assert drawn == Statement(origin=Origin.EXTRACT, bullets=drawn.bullets, links=(CODE,))
    assert "Text-to-Speech" in labels(HUB)
    assert classified == Statement(
        origin=Origin.SHIPPED_MODEL,
        maker=Classifier.shipped().name,
        classifications=classified.classifications,
    )


def test_without_an_abstract_the_digests_bullets_are_classified_and_searched_for_links() -> None:
    drawn, _ = read(DIGEST)
    assert (drawn.bullets, drawn.links) == (None, (CODE,))
    assert "Robotics" in labels(DIGEST)


def test_of_a_paper_nobody_described_nothing_is_drawn() -> None:
    drawn, classified = read(Statement(origin=Origin.HUB, title="Of hedgehogs"))
    assert drawn == Statement(origin=Origin.EXTRACT)
    assert classified.classifications


def test_arxivs_comment_is_searched_for_links_and_the_hub_vouches_for_some() -> None:
    arxiv = Statement(
        origin=Origin.ARXIV,
        title="Dimmer",
        abstract="It is built on github.com/lamps/shade and github.com/lamps/other.",
        arxiv=ArxivRecord(comment="Code: https://github.com/lamps/dimmer"),
    )
    drawn, _ = read(arxiv)
    assert drawn.links == (CODE,)
    shade = Link(kind=LinkKind.CODE, url="https://github.com/lamps/shade")
    drawn, _ = read(arxiv, Statement(origin=Origin.HUB, links=(shade,)))
    assert drawn.links == (shade, CODE)


def test_another_classifier_can_be_given(tmp_path: Path) -> None:
    other = tmp_path / "other.npz"
    other.write_bytes((files("papers.reading") / "shipped" / SHIPPED).read_bytes())
    given = LocalReader(Classifier.load(other)).read(announced(HUB))
    assert given == LocalReader().read(announced(HUB))


def test_arxivs_abstract_goes_before_the_hubs() -> None:
    arxiv = Statement(origin=Origin.ARXIV, abstract="It is a graph neural network for lamps.")
    assert read(HUB, arxiv)[0].bullets == ("It is a graph neural network for lamps.",)


def test_the_newest_digest_speaks_for_the_digests() -> None:
    newer = Statement(origin=Origin.DIGEST, day=date(2025, 6, 4), bullets=("Object detection in the dark.",))
    assert "Object Detection" in labels(newer, DIGEST)
    assert "Robotics" not in labels(newer, DIGEST)


def test_an_earlier_reading_is_replaced_and_the_rest_left_alone() -> None:
    earlier = Statement(origin=Origin.EXTRACT, bullets=("What was thought before.",))
    after = LocalReader().read(announced(HUB, earlier, DIGEST))
    assert after.statements[:2] == (HUB, DIGEST)
    assert [said.origin for said in after.statements].count(Origin.EXTRACT) == 1
    assert after.statements[2].bullets != earlier.bullets


@given(st.lists(statements, max_size=4))
def test_reading_any_announcement_twice_is_reading_it_once(told: list[Statement]) -> None:
    once = LocalReader().read(announced(*told))
    assert LocalReader().read(once) == once
    readings = {Origin.EXTRACT, Origin.SHIPPED_MODEL}
    assert once.statements[:-2] == tuple(said for said in told if said.origin not in readings)

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from papers.models import Announcement, Classification, Link, LinkKind, Origin, Statement
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


def read(*told: Statement) -> Statement:
    statement = LocalReader().read(announced(*told)).statements[-1]
    assert statement.origin is Origin.EXTRACT
    return statement


def test_bullets_classifications_and_links_are_read_from_the_abstract() -> None:
    said = read(HUB)
    assert said.bullets is not None
    assert said.bullets[0] == "Introduces Dimmer, a lamp that speaks."
    assert "Text-to-Speech" in [item.name for item in said.classifications or ()]
    assert said.links == (CODE,)
    assert (said.title, said.authors, said.abstract, said.lead, said.upvotes, said.day) == (None,) * 6


def test_without_an_abstract_the_digests_bullets_are_classified_and_searched_for_links() -> None:
    said = read(DIGEST)
    assert said.bullets is None
    assert "Robotics" in [item.name for item in said.classifications or ()]
    assert said.links == (CODE,)


def test_a_paper_nobody_described_is_other_and_nothing_else() -> None:
    said = read(Statement(origin=Origin.HUB, title="Of hedgehogs"))
    assert said == Statement(
        origin=Origin.EXTRACT, classifications=(Classification(name="Other", confidence=0.1),)
    )


def test_arxivs_abstract_goes_before_the_hubs() -> None:
    arxiv = Statement(origin=Origin.ARXIV, abstract="It is a graph neural network for lamps.")
    assert read(HUB, arxiv).bullets == ("It is a graph neural network for lamps.",)


def test_the_newest_digest_speaks_for_the_digests() -> None:
    newer = Statement(origin=Origin.DIGEST, day=date(2025, 6, 4), bullets=("Object detection in the dark.",))
    found = [item.name for item in read(newer, DIGEST).classifications or ()]
    assert "Object Detection" in found
    assert "Robotics" not in found


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
    assert once.statements[:-1] == tuple(said for said in told if said.origin is not Origin.EXTRACT)

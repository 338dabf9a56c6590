from datetime import date

import pytest
from hypothesis import given

from papers.models import Classification, Link, LinkKind, Origin, Part, Statement
from papers.precedence import PRECEDENCE, news, resolve, together
from support.papers import statements as drawn_statements

DAY, LATER = date(2025, 1, 1), date(2025, 1, 2)
CODE = Link(kind=LinkKind.CODE, url="https://github.com/a/b")
MODEL = Link(kind=LinkKind.MODEL, url="https://huggingface.co/a/b")


def digest(day: date, title: str, **parts: object) -> Statement:
    return Statement.model_validate({"origin": Origin.DIGEST, "day": day, "title": title, **parts})


def test_every_part_has_a_precedence() -> None:
    assert set(PRECEDENCE) == set(Part)


def test_the_better_origin_wins_whatever_the_order() -> None:
    hub = Statement(origin=Origin.HUB, title="From the hub", authors=("A",))
    table = digest(DAY, "From a digest", bullets=("said by the digest",))
    for statements in ([hub, table], [table, hub]):
        paper = resolve(1, "2501.00001", statements)
        assert paper.title == "From the hub"
        assert paper.bullets == ("said by the digest",)
        assert paper.origins[Part.TITLE] is Origin.HUB
        assert paper.origins[Part.BULLETS] is Origin.DIGEST


def test_an_empty_value_hides_no_other() -> None:
    hub = Statement(origin=Origin.HUB, title="T", authors=())
    assert resolve(1, "x", [hub, digest(DAY, "T", authors=("Ada",))]).authors == ("Ada",)


@pytest.mark.parametrize(("asked", "title"), [(None, "new"), (DAY, "old"), (LATER, "new")])
def test_the_asked_digest_speaks_else_the_newest(asked: date | None, title: str) -> None:
    paper = resolve(1, "x", [digest(LATER, "new"), digest(DAY, "old")], digest_day=asked)
    assert paper.title == title


def test_links_add_up_and_come_once() -> None:
    hub = Statement(origin=Origin.HUB, links=(CODE,))
    extract = Statement(origin=Origin.EXTRACT, links=(MODEL, CODE))
    assert resolve(1, "x", [extract, hub]).links == (CODE, MODEL)


def test_a_person_sets_the_links_alone() -> None:
    person = Statement(origin=Origin.PERSON, links=())
    assert resolve(1, "x", [Statement(origin=Origin.HUB, links=(CODE,)), person]).links == ()


def test_the_lead_stands_before_drawn_bullets_only() -> None:
    hub = Statement(origin=Origin.HUB, lead="In short.")
    drawn = Statement(origin=Origin.EXTRACT, bullets=("One.",))
    assert resolve(1, "x", [hub, drawn]).bullets == ("In short.", "One.")
    assert resolve(1, "x", [hub]).bullets == ("In short.",)
    assert resolve(1, "x", [hub, drawn, digest(DAY, "T", bullets=("Two.",))]).bullets == ("Two.",)


def test_rules_give_way_to_a_digest() -> None:
    ruled = Statement(origin=Origin.EXTRACT, classifications=(Classification(name="Other", confidence=0.1),))
    told = digest(DAY, "T", classifications=(Classification(name="Multimodal"),))
    assert [item.name for item in resolve(1, "x", [ruled, told]).classifications] == ["Multimodal"]


@given(*[drawn_statements(Origin.HUB)] * 2, *[drawn_statements(Origin.EXTRACT)] * 2)
def test_the_news_are_enough_to_know_all_and_hold_nothing_else(
    hub: Statement, again: Statement, extract: Statement, anew: Statement
) -> None:
    known, now = (hub, extract), together((hub, extract), (again, anew))
    told = news(known, now)
    assert together(known, told) == now
    assert all(said.title != hub.title for said in told if said.origin is Origin.HUB)


@pytest.mark.parametrize(
    "origin", [Origin.EXTRACT, Origin.SHIPPED_MODEL, Origin.LANGUAGE_MODEL, Origin.PAGES]
)
def test_what_is_read_no_more_is_said_no_more(origin: Origin) -> None:
    read, anew = Statement(origin=origin, links=(CODE,)), Statement(origin=origin, bullets=("One.",))
    assert together([read], [anew]) == (anew,)
    assert news([read], [anew]) == (anew,)


def test_what_a_source_leaves_out_it_said_before() -> None:
    told, voted = Statement(origin=Origin.HUB, title="T"), Statement(origin=Origin.HUB, upvotes=3)
    assert together([told], [voted]) == (Statement(origin=Origin.HUB, title="T", upvotes=3),)

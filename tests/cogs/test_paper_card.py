from collections.abc import Mapping
from datetime import date
from typing import Any, cast

import pytest
from hypothesis import given

from cogs.cards.paper import COLOURS, SHORT_CARD, card, in_full, links_line
from cogs.cards.text import clean, escape, size
from papers import taxonomy
from papers.models import ArxivRecord, Classification, Link, LinkedOnHub, LinkKind, Paper, first_key
from support.hostile_papers import PAPERS, assert_within_limits


def fields(embed: Mapping[str, Any]) -> dict[str, str]:
    return {field["name"]: field["value"] for field in embed["fields"]}


@given(PAPERS)
def test_a_card_is_within_every_limit_whatever_the_paper_holds(paper: Paper) -> None:
    assert_within_limits([card(paper, SHORT_CARD)])


@given(PAPERS)
def test_title_links_classifications_and_two_bullets_always_stay(paper: Paper) -> None:
    embed = cast("dict[str, Any]", card(paper, SHORT_CARD))
    assert embed["url"] == paper.url
    assert fields(embed)["Links"].startswith("[arXiv](")
    assert "[PDF](" in fields(embed)["Links"]
    named = [item.name for item in paper.classifications if clean(item.name)]
    assert bool(named) == ("Classifications" in fields(embed))
    bullets = [text for text in map(clean, paper.bullets) if text]
    shown = [line for line in embed.get("description", "").split("\n") if line.startswith("- ")]
    assert len(shown) >= min(2, len(bullets))


@given(PAPERS)
def test_bullets_are_cut_between_bullets_only(paper: Paper) -> None:
    embed = cast("dict[str, Any]", card(paper, SHORT_CARD))
    bullets = [f"- {escape(text)}" for text in map(clean, paper.bullets) if text]
    shown = [line for line in embed.get("description", "").split("\n") if line.startswith("- ")]
    whole = len(shown) > 2 or sum(map(size, bullets[:2])) < 3_000
    assert not whole or [line.rstrip() for line in shown] == [line.rstrip() for line in bullets[: len(shown)]]


@given(PAPERS)
def test_a_paper_in_full_is_within_every_limit(paper: Paper) -> None:
    assert_within_limits(cast("dict[str, Any]", in_full(paper))["embeds"])


def test_an_ordinary_card_shows_everything() -> None:
    paper = Paper(
        key=first_key(date(2026, 6, 3)),
        arxiv_id="2606.00001",
        title="A *starred* title",
        authors=("A", "B", "C", "D", "E", "F", "G"),
        bullets=("One.", "Two.", "Three."),
        classifications=(Classification(name="Text-to-Image"), Classification(name="Audio")),
        links=(
            Link(kind=LinkKind.MODEL, url="https://huggingface.co/o/weights"),
            Link(kind=LinkKind.CODE, url="https://github.com/o/code_base"),
        ),
        upvotes=12,
    )
    assert card(paper, SHORT_CARD) == {
        "title": r"A \*starred\* title",
        "url": "https://arxiv.org/abs/2606.00001",
        "color": COLOURS["Computer Vision"],
        "description": "*A, B, C, D, E and 2 more*\n- One.\n- Two.\n- Three.",
        "fields": [
            {"name": "Classifications", "value": "Text-to-Image · Audio", "inline": False},
            {
                "name": "Links",
                "value": "[arXiv](https://arxiv.org/abs/2606.00001) · [PDF](https://arxiv.org/pdf/2606.00001)"
                r" · [Code: code\_base](https://github.com/o/code_base)"
                " · [Model: weights](https://huggingface.co/o/weights)",
                "inline": False,
            },
        ],
        "footer": {"text": "3 June 2026 · ▲ 12"},
    }


def test_every_family_has_its_colour() -> None:
    assert set(COLOURS) == set(taxonomy.FAMILIES)
    assert len(set(COLOURS.values())) == len(COLOURS)


def test_a_label_that_comes_twice_is_shown_once() -> None:
    twice = (Classification(name="Audio"), Classification(name="Audio"))
    paper = Paper(key=first_key(date(2026, 6, 3)), arxiv_id="2606.00001", title="T", classifications=twice)
    assert fields(cast("dict[str, Any]", card(paper, SHORT_CARD)))["Classifications"] == "Audio"


def test_what_arxiv_and_the_hub_know_stands_on_the_card_in_full() -> None:
    paper = Paper(
        key=first_key(date(2026, 6, 3)),
        arxiv_id="2606.00001",
        title="T",
        links=(Link(kind=LinkKind.CODE, url="https://anonymous.4open.science/r/lamp", anonymous=True),),
        arxiv=ArxivRecord(categories=("cs.CL", "cs.AI"), comment="Accepted *here*", version=2),
        linked=LinkedOnHub(models=12, spaces=1),
    )
    shown = fields(cast("dict[str, Any]", in_full(paper))["embeds"][0])
    assert shown["arXiv"] == r"cs.CL, cs.AI · version 2 · Accepted \*here\*"
    assert shown["Links"].endswith(
        "[Code (anonymous): lamp](https://anonymous.4open.science/r/lamp)"
        " · [12 models, 1 Space](https://huggingface.co/papers/2606.00001)"
    )
    assert "arXiv" not in fields(cast("dict[str, Any]", card(paper, SHORT_CARD)))


@pytest.mark.parametrize(
    ("stars", "shown"), [(7, "★ 7"), (1_000, "★ 1k"), (1_249, "★ 1.2k"), (2_500_000, "★ 2.5M")]
)
def test_how_many_starred_the_code_stands_beside_its_first_link(stars: int, shown: str) -> None:
    urls = ("https://github.com/o/lamp", "https://github.com/o/shade")
    paper = Paper(
        key=first_key(date(2026, 6, 3)),
        arxiv_id="2606.00001",
        title="T",
        links=tuple(Link(kind=LinkKind.CODE, url=url) for url in urls),
        stars=stars,
    )
    line = links_line(paper)
    assert f"[Code: lamp {shown}](https://github.com/o/lamp)" in line
    assert "[Code: shade](https://github.com/o/shade)" in line

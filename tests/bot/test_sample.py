import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.sample import SAMPLE_DAY, sample_answer
from papers.links import recognise
from papers.models import Announcement, Origin, Paper, Statement, first_key
from papers.precedence import resolve
from papers.reading.reader import LocalReader
from papers.taxonomy import NAMES, family

ITEMS: list[dict[str, Any]] = json.loads(sample_answer())
ALWAYS = {
    "id": str,
    "title": str,
    "summary": str,
    "publishedAt": str,
    "submittedOnDailyAt": str,
    "upvotes": int,
    "authors": list,
}
SOMETIMES = {"ai_summary", "githubRepo", "projectPage"}


def read(paper: dict[str, Any]) -> Paper:
    hub = Statement(
        origin=Origin.HUB, title=paper["title"], abstract=paper["summary"], lead=paper.get("ai_summary")
    )
    read = LocalReader().read(Announcement(arxiv_id=paper["id"], statements=(hub,)))
    return resolve(first_key(SAMPLE_DAY), read.arxiv_id, read.statements)


every_paper = pytest.mark.parametrize(
    "paper", [item["paper"] for item in ITEMS], ids=lambda paper: paper["id"]
)


def test_there_are_twelve_papers_of_a_weekday_most_upvotes_first() -> None:
    votes = [item["paper"]["upvotes"] for item in ITEMS]
    assert len({item["paper"]["id"] for item in ITEMS}) == len(ITEMS) == 12
    assert votes == sorted(votes, reverse=True)
    assert SAMPLE_DAY.isoweekday() <= 5


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item["paper"]["id"])
def test_an_item_has_the_hubs_form(item: dict[str, Any]) -> None:
    paper = item["paper"]
    assert {*item} == {"paper", "title", "summary", "publishedAt", "numComments"}
    assert (item["title"], item["summary"]) == (paper["title"], paper["summary"])
    assert {*ALWAYS} <= {*paper} <= {*ALWAYS} | SOMETIMES
    assert all(isinstance(paper[key], kind) for key, kind in ALWAYS.items())


@every_paper
def test_a_papers_facts_are_whole(paper: dict[str, Any]) -> None:
    published, submitted = (
        datetime.fromisoformat(paper[key]) for key in ("publishedAt", "submittedOnDailyAt")
    )
    assert re.fullmatch(r"\d{4}\.\d{5}", paper["id"])
    assert submitted.astimezone(UTC).date() == SAMPLE_DAY
    assert published <= submitted
    assert paper["authors"]
    assert all({*author} == {"name"} and author["name"] for author in paper["authors"])
    assert recognise(paper.get("githubRepo", "https://github.com/owner/name"))


def test_some_papers_have_a_lead_code_or_a_page_and_some_have_not() -> None:
    having = {key: sum(key in item["paper"] for item in ITEMS) for key in SOMETIMES}
    assert having["ai_summary"] == 3
    assert all(0 < count < len(ITEMS) for count in having.values())


@every_paper
def test_each_paper_can_be_read(paper: dict[str, Any]) -> None:
    said = read(paper)
    labels = [item.name for item in said.classifications]
    assert len(said.bullets) >= 3
    assert labels != ["Other"]
    assert {*labels} <= {*NAMES}


def test_the_day_speaks_of_many_families() -> None:
    families = {family(item.name) for paper in ITEMS for item in read(paper["paper"]).classifications}
    assert families == {
        "Computer Vision",
        "Multimodal",
        "Natural Language Processing",
        "Reinforcement Learning",
    }

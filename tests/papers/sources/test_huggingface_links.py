"""The hub's page of a paper, on loopback."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.errors import BadPayloadError, SourceRefusedError, SourceUnavailableError
from papers.models import Enrichment, Link, LinkedOnHub, LinkKind, Origin, Statement
from papers.sources.http import HttpClient
from papers.sources.huggingface_links import SHOWN, HubLinks, understand
from support.clock import SetClock
from support.papers import AT, announced
from support.replay import Fault, Replay, body, reset, status

ID = "2606.01001"
TOMORROW = AT + timedelta(days=1)


@pytest.fixture
def hub(client: HttpClient, server: Replay) -> HubLinks:
    return HubLinks(client, clock=SetClock(AT), base_url=f"{server.url}/")


def model(name: str, **values: object) -> dict[str, object]:
    return {"id": f"marsh/{name}", "likes": 1, "downloads": 1, "repoType": "model", **values}


def page(**values: object) -> dict[str, object]:
    return {"id": ID, "title": "Tides", "upvotes": 4, **values}


def linked(**values: object) -> LinkedOnHub:
    said = understand(page(**values)).linked
    assert said is not None
    return said


def answering(document: object) -> Fault:
    return body(json.dumps(document).encode())


async def test_what_the_hub_links_is_said_and_asked_for_again(hub: HubLinks, server: Replay) -> None:
    document = page(
        githubRepo="https://github.com/marsh/tides",
        githubStars=340,
        projectPage="https://tides.example.org",
        linkedModels=[model("tide-7b")],
        numTotalModels=12,
        linkedDatasets=[{"id": "marsh/waves"}],
        numTotalDatasets=1,
        linkedSpaces=[{"id": "marsh/sea", "emoji": "🌊", "running": True}],
        numTotalSpaces=2,
    )
    server.next(answering(document))
    said = Statement(
        origin=Origin.HUB,
        links=(
            Link(kind=LinkKind.CODE, url="https://github.com/marsh/tides"),
            Link(kind=LinkKind.PROJECT, url="https://tides.example.org/"),
        ),
        upvotes=4,
        stars=340,
        linked=LinkedOnHub(
            links=(
                Link(kind=LinkKind.MODEL, url="https://huggingface.co/marsh/tide-7b"),
                Link(kind=LinkKind.DATASET, url="https://huggingface.co/datasets/marsh/waves"),
                Link(kind=LinkKind.SPACE, url="https://huggingface.co/spaces/marsh/sea"),
            ),
            models=12,
            datasets=1,
            spaces=2,
        ),
    )
    assert await hub.enrich([announced(ID)]) == [
        Enrichment(arxiv_id=ID, statements=(said,), again_at=AT + timedelta(hours=20))
    ]
    assert [seen.path for seen in server.seen] == [f"/api/papers/{ID}"]


def test_the_best_of_each_kind_are_kept_and_all_are_counted() -> None:
    names = ["d", "b", "a", "c"]
    values = [{"likes": 1}, {"likes": 5, "downloads": 9}, {"likes": 5, "downloads": 10}, {"likes": 2}]
    models = [model(name, **told) for name, told in zip(names, values, strict=True)]
    said = linked(linkedModels=models, numTotalModels=3)
    assert [link.url[-1] for link in said.links] == ["a", "b", "c"][:SHOWN]
    assert said.models == 4


def test_a_paper_nothing_is_linked_to_has_none() -> None:
    assert linked() == linked(linkedModels=[], numTotalModels=0) == LinkedOnHub()


@pytest.mark.parametrize(
    "broken",
    [
        *(None, 7, "marsh/x", [], {}, {"id": None}, {"id": 7}, {"id": ""}, {"id": "marsh"}, {"id": "../x"}),
        *({"id": "datasets/marsh/x"}, {"id": "marsh/x", "private": True}, {"id": "x" * 3_000}),
    ],
)
def test_a_broken_item_costs_nothing_but_itself(broken: object) -> None:
    said = linked(linkedModels=[broken, model("tide", likes="many")], linkedSpaces=broken, numTotalSpaces=-1)
    assert said == LinkedOnHub(
        links=(Link(kind=LinkKind.MODEL, url="https://huggingface.co/marsh/tide"),), models=1
    )


async def test_a_paper_the_hub_does_not_have_is_asked_for_the_next_day(hub: HubLinks, server: Replay) -> None:
    server.next(status(404))
    assert await hub.enrich([announced(ID)]) == [Enrichment(arxiv_id=ID, again_at=TOMORROW)]


async def test_a_paper_that_the_hub_never_spoke_of_costs_no_request(hub: HubLinks, server: Replay) -> None:
    of_arxiv = announced(ID, origin=Origin.ARXIV)
    assert await hub.enrich([of_arxiv]) == [Enrichment(arxiv_id=ID, again_at=TOMORROW)]
    assert server.seen == []


@pytest.mark.parametrize("answer", [b"", b"[]", b"7", b"null", b'"x"', b"<html>"])
async def test_an_answer_that_makes_no_sense_is_asked_for_the_next_day(
    hub: HubLinks, server: Replay, answer: bytes
) -> None:
    server.next(body(answer))
    assert await hub.enrich([announced(ID)]) == [Enrichment(arxiv_id=ID, again_at=TOMORROW)]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (status(500), SourceUnavailableError),
        (status(429), SourceUnavailableError),
        (reset, SourceUnavailableError),
        (status(403), SourceRefusedError),
    ],
)
async def test_where_nobody_can_be_asked_that_is_said(
    hub: HubLinks, server: Replay, fault: Fault, error: type[Exception]
) -> None:
    server.next(*[fault] * 3)
    with pytest.raises(error):
        await hub.enrich([announced(ID)])


async def test_an_old_id_keeps_its_slash(hub: HubLinks, server: Replay) -> None:
    server.next(answering(page()))
    await hub.enrich([announced("hep-th/9901001")])
    assert [seen.path for seen in server.seen] == ["/api/papers/hep-th/9901001"]


def test_the_shape_that_was_noted_down_is_understood(shared_data: Path) -> None:
    document: dict[str, Any] = json.loads((shared_data / "hf_misc/hf_api_papers_id.shape.json").read_bytes())
    said = understand(document)
    assert said.links == (Link(kind=LinkKind.CODE, url="https://github.com/hrtan/infmatch"),)
    assert said.linked is not None
    assert [link.kind for link in said.linked.links] == [LinkKind.MODEL, LinkKind.SPACE]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "likes", "downloads", "private"]), inner, max_size=4)
    ),
    max_leaves=10,
)
KEYS = [
    "githubRepo",
    "projectPage",
    "upvotes",
    "githubStars",
    "linkedModels",
    "linkedDatasets",
    "linkedSpaces",
    "numTotalModels",
]


@given(st.dictionaries(st.sampled_from(KEYS), json_values) | json_values)
def test_any_document_is_understood_or_refused(document: object) -> None:
    try:
        said = understand(document)
    except BadPayloadError:
        assert not isinstance(document, dict)
    else:
        assert said.linked is not None
        assert len(said.linked.links) <= 3 * SHOWN

"""A paper that answers other queries than before is looked at by the planner again."""

import pytest

from papers.models import Announcement, ArxivRecord, Link, LinkKind, Origin, Statement
from storage import Stores
from support.papers import AT, DAY, answered, classified, code, over_at

ID = "2606.01001"


async def keep(stores: Stores, said: Statement, source: str = "huggingface") -> None:
    told = Announcement(arxiv_id=ID, statements=(said,))
    await stores.papers.keep(answered(told, source=source), over_at=over_at(DAY), at=AT)


def hub(**said: object) -> Statement:
    return Statement.model_validate({"origin": Origin.HUB, "title": "Tides", **said})


async def is_unplanned(stores: Stores) -> bool:
    """Whether the paper is to be planned; it is taken for planned then."""
    taken = await stores.database.write(
        lambda db: db.execute("DELETE FROM unplanned RETURNING paper").fetchall()
    )
    return bool(taken)


@pytest.mark.parametrize(
    "said",
    [
        hub(upvotes=5),
        hub(links=(code("https://github.com/marsh/tides"),)),
        hub(links=(Link(kind=LinkKind.SPACE, url="https://huggingface.co/spaces/marsh/tides"),)),
        hub(abstract="On ebbs."),
        Statement(origin=Origin.ARXIV, arxiv=ArxivRecord(categories=("cs.CL",))),
        Statement(origin=Origin.EXTRACT, classifications=classified("Robotics")),
    ],
    ids=("upvotes", "code", "demo", "abstract", "categories", "classifications"),
)
async def test_where_it_changed_in_something_that_can_be_asked_for(stores: Stores, said: Statement) -> None:
    await keep(stores, hub())
    assert await is_unplanned(stores)
    await keep(stores, hub())
    assert not await is_unplanned(stores)
    await keep(stores, said)
    assert await is_unplanned(stores)


async def test_where_another_source_announced_it(stores: Stores) -> None:
    await keep(stores, hub())
    assert await is_unplanned(stores)
    await keep(stores, hub(), source="digest")
    assert await is_unplanned(stores)


async def test_not_where_it_changed_in_something_else(stores: Stores) -> None:
    await keep(stores, hub(links=(code("https://github.com/marsh/tides"),)))
    assert await is_unplanned(stores)
    await keep(stores, hub(links=(code("https://github.com/marsh/ebbs"),)))
    await keep(stores, Statement(origin=Origin.ARXIV, arxiv=ArxivRecord(comment="9 pages")))
    assert not await is_unplanned(stores)


async def test_where_it_was_announced_is_kept(stores: Stores) -> None:
    await keep(stores, hub())
    await keep(stores, hub(), source="digest")
    paper = await stores.papers.get(ID)
    assert paper is not None
    assert paper.sources == ("digest", "huggingface")

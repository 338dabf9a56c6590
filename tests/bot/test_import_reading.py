import asyncio
from pathlib import Path

from click.testing import CliRunner

from bot.__main__ import cli
from papers.models import Announcement, Origin, Paper, Part, Statement
from papers.reading.reader import LocalReader
from storage import open_stores
from support.papers import AT, DAY, answered, over_at

ABSTRACT = "We train a diffusion model that draws folded shirts. Our code is available at https://github.com/loom/socks."

THREE_COLUMNS = """## Papers for 2025-05-28

| Title | Authors | Summary |
|-------|---------|---------|
| Folding Laundry with a Robot (Read more on [arXiv](https://arxiv.org/abs/2505.00001) or [HuggingFace](https://huggingface.co/papers/2505.00001)) | Grace Loom | A robot arm learns to fold laundry by reinforcement learning. |
"""


async def kept(database: Path) -> Paper | None:
    async with open_stores(database) as stores:
        return await stores.papers.get("2505.00001")


def test_papers_that_a_digest_does_not_classify_are_read(tmp_path: Path) -> None:
    digest, database = tmp_path / "2025-05-28.md", tmp_path / "papers.db"
    digest.write_text(THREE_COLUMNS, "utf-8")
    CliRunner().invoke(cli, ["import", str(digest), "--database", str(database)], catch_exceptions=False)
    paper = asyncio.run(kept(database))
    assert paper is not None
    assert "Robotics" in [item.name for item in paper.classifications]
    assert paper.origins[Part.CLASSIFICATIONS] is Origin.SHIPPED_MODEL
    assert paper.origins[Part.BULLETS] is Origin.DIGEST


async def fetch(database: Path) -> None:
    hub = Statement(origin=Origin.HUB, title="Folding Laundry with a Robot", abstract=ABSTRACT)
    announced = Announcement(arxiv_id="2505.00001", statements=(hub,))
    async with open_stores(database) as stores:
        answer = answered(LocalReader().read(announced), day=DAY)
        await stores.papers.keep(answer, over_at=over_at(DAY), at=AT)


def test_a_digest_takes_nothing_back_that_was_read_from_the_abstract(tmp_path: Path) -> None:
    digest, database = tmp_path / "2025-05-28.md", tmp_path / "papers.db"
    digest.write_text(THREE_COLUMNS, "utf-8")
    asyncio.run(fetch(database))
    before = asyncio.run(kept(database))
    CliRunner().invoke(cli, ["import", str(digest), "--database", str(database)], catch_exceptions=False)
    after = asyncio.run(kept(database))
    assert before is not None
    assert after is not None
    assert before.links
    assert (after.links, after.classifications) == (before.links, before.classifications)
    assert after.origins[Part.BULLETS] is Origin.DIGEST

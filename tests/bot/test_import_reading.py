import asyncio
from pathlib import Path

from click.testing import CliRunner

from bot.__main__ import cli
from papers.models import Origin, Paper, Part
from storage import open_stores

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

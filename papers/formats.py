"""Papers as other programs take them: JSON and BibTeX."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from papers.models import ArxivRecord, Link, LinkKind, Paper

_ON_GITHUB = "https://github.com/"
_ON_THE_HUB = "https://huggingface.co/"


def github_urls(paper: Paper) -> list[str]:
    """The paper's links on GitHub, best first."""
    return _starting_with(_ON_GITHUB, paper)


def huggingface_urls(paper: Paper) -> list[str]:
    """The paper's models, datasets, Spaces and collections on Hugging Face, best first."""
    return _starting_with(_ON_THE_HUB, paper)


def _starting_with(prefix: str, paper: Paper) -> list[str]:
    return [link.url for link in paper.links if link.url.startswith(prefix)]


def as_json(paper: Paper) -> dict[str, Any]:
    """The paper as the command line's contract has it: every key always there, unknown scalars None."""
    return {
        "arxiv_id": paper.arxiv_id,
        "title": paper.title,
        "authors": list(paper.authors),
        "abstract": paper.abstract,
        "summary": list(paper.bullets),
        "classifications": [item.name for item in paper.classifications],
        "github_urls": github_urls(paper),
        "huggingface_urls": huggingface_urls(paper),
        "project_url": next((link.url for link in paper.links if _is_project(link)), None),
        "day": paper.day.isoformat(),
        "published": paper.published.isoformat() if paper.published else None,
        "editions": [day.isoformat() for day in paper.editions],
        "upvotes": paper.upvotes,
        "url": paper.url,
        "links": [link.model_dump(mode="json") for link in paper.links],
        "linked": paper.linked.model_dump(mode="json", exclude={"links"}) if paper.linked else None,
        **_of_arxiv(paper.arxiv or ArxivRecord()),
        "origins": {part.value: origin.value for part, origin in paper.origins.items()},
        "makers": {part.value: maker for part, maker in paper.makers.items()},
    }


def _of_arxiv(record: ArxivRecord) -> dict[str, Any]:
    return {
        "primary_category": record.primary_category,
        "categories": list(record.categories),
        "comment": record.comment,
        "journal_ref": record.journal_ref,
        "doi": record.doi,
        "version": record.version,
    }


def _is_project(link: Link) -> bool:
    return link.kind is LinkKind.PROJECT


_TEX: Mapping[str, str] = MappingProxyType(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{char: f"\\{char}" for char in "&%$#_"},
    }
)
_TEX_SPECIAL = re.compile("|".join(map(re.escape, _TEX)))


def as_bibtex(paper: Paper) -> str:
    """The paper as a BibTeX entry, named by its arXiv id."""
    fields = {
        "title": f"{{{_tex(paper.title)}}}",
        "author": " and ".join(f"{{{_tex(author)}}}" for author in paper.authors),
        "year": str((paper.published or paper.day).year),
        "eprint": paper.arxiv_id,
        "archiveprefix": "arXiv",
        "url": paper.url,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{arxiv:{paper.arxiv_id},\n{lines}}}\n"


def _tex(text: str) -> str:
    return _TEX_SPECIAL.sub(lambda match: _TEX[match[0]], " ".join(text.split()))

"""Labelled papers to learn from: out of the archive, or out of folders of digests."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from papers.digest.reader import read as read_digest
from papers.errors import ConfigurationError, NotADigestError
from papers.models import Model, Origin, Paper, key_day
from papers.taxonomy import canonical


class LabelledPaper(Model):
    """A paper and the labels somebody gave it.

    Attributes:
        day: when it was announced first.
        text: its abstract, or its bullets where there is none.
        labels: names of the taxonomy, each once.
    """

    arxiv_id: str
    day: date
    title: str
    text: str
    labels: tuple[str, ...]


class _Row(BaseModel):
    """A paper of a day, as the digest's `.json` has it."""

    model_config = ConfigDict(extra="ignore")
    link: str
    title: str
    summary: str | None = None
    classification: tuple[str, ...] | None = None


class _Abstract(BaseModel):
    arxiv_id: str
    title: str
    abstract: str


def from_archive(papers: Iterable[Paper]) -> list[LabelledPaper]:
    """The papers of the archive as examples, oldest first."""
    return _distinct(
        LabelledPaper(
            arxiv_id=paper.arxiv_id,
            day=key_day(paper.key),
            title=paper.title,
            text=paper.abstract or "\n".join(paper.bullets),
            labels=_known(item.name for item in paper.classifications),
        )
        for paper in papers
    )


def from_folder(digests: Path, abstracts: Path | None = None) -> list[LabelledPaper]:
    """Reads a folder of digests.

    Args:
        digests: a folder with a file a day: `DAY.json`, a list of papers with `link`, `title`, `summary` and
            `classification`; or, where there is no such file for a day, the table `DAY.md`.
        abstracts: a file with a line `{"arxiv_id", "title", "abstract"}` for each paper whose abstract is known;
            bullets stand in for the others.

    Returns:
        The papers that have labels, each once, by the day they came first.

    Raises:
        ConfigurationError: a file or the folder is missing, cannot be read, or holds something else.
    """
    if not digests.is_dir():
        raise ConfigurationError(f"There is no folder {digests}.")
    known = _abstracts(abstracts) if abstracts else {}
    days = {file.stem: file for pattern in ("*.md", "*.json") for file in sorted(digests.glob(pattern))}
    return _distinct(_with_abstract(paper, known) for stem in sorted(days) for paper in _papers(days[stem]))


def _papers(file: Path) -> Iterable[LabelledPaper]:
    return _rows(file) if file.suffix == ".json" else _table(file)


def _rows(file: Path) -> Iterator[LabelledPaper]:
    try:
        day = date.fromisoformat(file.stem)
        rows = [_Row.model_validate(row) for row in json.loads(file.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError) as error:
        raise ConfigurationError(f"{file} is no list of a day's labelled papers.") from error
    for row in rows:
        yield LabelledPaper(
            arxiv_id=row.link.rstrip("/").rpartition("/")[2],
            day=day,
            title=row.title,
            text=row.summary or "",
            labels=_known(row.classification or ()),
        )


def _table(file: Path) -> Iterator[LabelledPaper]:
    try:
        answers = read_digest(file.read_text(encoding="utf-8"), file=str(file))
    except (OSError, ValueError, NotADigestError) as error:
        raise ConfigurationError(f"{file} is no digest that can be read.") from error
    for answer in answers:
        for announcement in answer.announcements:
            told = next(said for said in announcement.statements if said.origin is Origin.DIGEST)
            yield LabelledPaper(
                arxiv_id=announcement.arxiv_id,
                day=answer.day,
                title=told.title or "",
                text="\n".join(told.bullets or ()),
                labels=_known(item.name for item in told.classifications or ()),
            )


def _abstracts(file: Path) -> Mapping[str, _Abstract]:
    found: dict[str, _Abstract] = {}
    try:
        with file.open(encoding="utf-8") as lines:
            for line in filter(str.strip, lines):
                paper = _Abstract.model_validate_json(line)
                found[paper.arxiv_id] = paper
    except (OSError, ValidationError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f'{file} does not hold a line {{"arxiv_id", "title", "abstract"}} for each paper (line {len(found) + 1}).'
        ) from error
    return found


def _with_abstract(paper: LabelledPaper, known: Mapping[str, _Abstract]) -> LabelledPaper:
    told = known.get(paper.arxiv_id)
    return paper if told is None else paper.model_copy(update={"title": told.title, "text": told.abstract})


def _known(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in map(canonical, names) if name is not None))


def _distinct(papers: Iterable[LabelledPaper]) -> list[LabelledPaper]:
    first: dict[str, LabelledPaper] = {}
    for paper in papers:
        if paper.labels:
            first.setdefault(paper.arxiv_id, paper)
    return sorted(first.values(), key=lambda paper: (paper.day, paper.arxiv_id))

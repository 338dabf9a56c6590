"""`paperboy import`: digests into the archive."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from bot.cli.failures import complain
from bot.cli.options import Shared, pass_shared, print_json, shared_options
from bot.clock import SystemClock
from papers.errors import NotADigestError, PaperboyError
from papers.models import Announcement, Answer, Problem, Statement
from papers.reading.classifier import Classifier
from papers.reading.reader import LocalReader
from papers.rereading import read_anew
from papers.sources import digests
from storage import open_stores


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@shared_options
@pass_shared
def import_(shared: Shared, paths: Sequence[Path]) -> None:
    """Read digest files, or folders of them, into the archive."""
    files = digests.find_files(paths)
    read, problems = _read_all(files)
    answers = [answer for file in read for answer in file]
    if answers:
        reader = LocalReader(Classifier.load(shared.settings().reading.model))
        asyncio.run(_keep(shared.database_path(), answers, reader))
    _report(shared, len(read), answers, problems)
    if not answers and len(problems) == 1:
        raise NotADigestError(problems[0].reason)
    for problem in problems:
        complain(_where(problem) + problem.reason)
    if not answers:
        raise NotADigestError(
            "No file held a digest: give `*.md` files with a table of papers, or their folder."
        )


def _read_all(files: Iterable[Path]) -> tuple[list[tuple[Answer, ...]], list[Problem]]:
    read: list[tuple[Answer, ...]] = []
    problems: list[Problem] = []
    for file in files:
        try:
            answers = digests.read_file(file)
        except PaperboyError as error:
            problems.append(Problem(reason=str(error), file=str(file)))
            continue
        read.append(answers)
        problems += (problem for answer in answers for problem in answer.problems)
    return read, problems


def _understood(answer: Answer, known: Mapping[str, Sequence[Statement]], reader: LocalReader) -> Answer:
    """Reads the papers that the digest does not classify, as the three-column table does not, with all that is known."""
    papers = [
        paper if _is_classified(paper) else read_anew(reader, paper, known.get(paper.arxiv_id, ()))
        for paper in answer.announcements
    ]
    return answer.model_copy(update={"announcements": tuple(papers)})


def _is_classified(paper: Announcement) -> bool:
    return any(statement.classifications is not None for statement in paper.statements)


async def _keep(database: Path, answers: Sequence[Answer], reader: LocalReader) -> None:
    papers = [paper for answer in answers for paper in answer.announcements]
    async with open_stores(database) as stores:
        known = await stores.papers.said(paper.arxiv_id for paper in papers if not _is_classified(paper))
        days = [(_understood(answer, known, reader), digests.over_at(answer.day)) for answer in answers]
        await stores.papers.keep_all(days, at=SystemClock().now())


def _report(shared: Shared, files: int, answers: Sequence[Answer], problems: Sequence[Problem]) -> None:
    rows = [item.arxiv_id for answer in answers for item in answer.announcements]
    papers = len(set(rows))
    if shared.json:
        said = [problem.model_dump(include={"file", "line", "reason"}) for problem in problems]
        print_json({"files": files, "rows": len(rows), "papers": papers, "problems": said})
    else:
        click.echo(f"{len(rows)} rows of {papers} papers from {files} digests; {len(problems)} problems.")


def _where(problem: Problem) -> str:
    return "" if problem.line is None else f"{problem.file}:{problem.line}: "

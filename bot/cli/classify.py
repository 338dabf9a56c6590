"""`paperboy classify`: classifications for papers that come line by line."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from io import BufferedIOBase
from typing import Any, cast

import click
from pydantic import BaseModel, ValidationError

from bot.cli.options import Shared, pass_shared, shared_options
from papers.errors import RequestError
from papers.reading.classifier import Classifier

_READ = 65_536  # bytes at a time: some forty papers


class Line(BaseModel):
    """What a line holds; more keys may stand in it."""

    title: str
    abstract: str = ""


@click.command()
@click.option("--jsonl", is_flag=True, required=True, help='Read lines of {"title", "abstract"} from stdin.')
@click.option("--scores", "with_scores", is_flag=True, help="Add a score for every label.")
@shared_options
@pass_shared
def classify(shared: Shared, *, jsonl: bool, with_scores: bool) -> None:  # noqa: ARG001 - one form so far
    """Classify papers, one JSON object a line, in the same order."""
    classifier = Classifier.load(shared.settings().reading.model)
    failed = 0
    for lines in _arriving(cast("BufferedIOBase", sys.stdin.buffer)):
        answers = _answers(classifier, lines, with_scores=with_scores)
        failed += sum("error" in answer for answer in answers)
        click.echo("\n".join(json.dumps(answer, ensure_ascii=False) for answer in answers))
    if failed:
        raise RequestError(
            f"Lines that could not be classified: {failed:,}; the answers in their places say why."
        )


def _arriving(stream: BufferedIOBase) -> Iterator[Sequence[bytes]]:
    """The lines that are there, as soon as there is one: as many as came together, never waiting for more."""
    begun: list[bytes] = []
    while chunk := stream.read1(_READ):
        *ends, rest = chunk.split(b"\n")
        if ends:
            yield [b"".join((*begun, ends[0])), *ends[1:]]
            begun = []
        begun.append(rest)
    if last := b"".join(begun):
        yield [last]


def _answers(
    classifier: Classifier, lines: Sequence[bytes], *, with_scores: bool
) -> Sequence[Mapping[str, Any]]:
    read = [_read(line) for line in lines]
    papers = [(line.title, line.abstract) for line in read if isinstance(line, Line)]
    scores = iter(classifier.scores_of_many(papers))
    return [
        _answer(classifier, next(scores), with_scores=with_scores)
        if isinstance(line, Line)
        else {"error": line}
        for line in read
    ]


def _read(line: bytes) -> Line | str:
    """The paper, or what is wrong with the line."""
    try:
        return Line.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = ".".join(map(str, first["loc"])) or "line"
        return f"{name}: {first['msg']}"


def _answer(classifier: Classifier, scores: Mapping[str, float], *, with_scores: bool) -> Mapping[str, Any]:
    found = [{"name": item.name, "confidence": item.confidence} for item in classifier.given(scores)]
    return {"classifications": found} | ({"scores": dict(scores)} if with_scores else {})

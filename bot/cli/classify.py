"""`paperboy classify`: classifications for papers that come line by line."""

import json
import sys
from typing import Any

import click
from pydantic import BaseModel, ValidationError

from bot.cli.options import Shared, pass_shared, shared_options
from papers.errors import RequestError
from papers.reading.classifications import classify as classify_text
from papers.reading.classifications import scores as score_text


class Line(BaseModel):
    """What a line holds; more keys may stand in it."""

    title: str
    abstract: str = ""


@click.command()
@click.option("--jsonl", is_flag=True, required=True, help='Read lines of {"title", "abstract"} from stdin.')
@click.option("--scores", "with_scores", is_flag=True, help="Add a score for every label.")
@shared_options
@pass_shared
def classify(_shared: Shared, *, jsonl: bool, with_scores: bool) -> None:  # noqa: ARG001 - one form so far
    """Classify papers, one JSON object a line, in the same order."""
    failed = 0
    for line in sys.stdin.buffer:
        answer = _answer(line, with_scores=with_scores)
        failed += "error" in answer
        click.echo(json.dumps(answer, ensure_ascii=False))
    if failed:
        raise RequestError(
            f"Lines that could not be classified: {failed:,}; the answers in their places say why."
        )


def _answer(line: bytes, *, with_scores: bool) -> dict[str, Any]:
    try:
        paper = Line.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = ".".join(map(str, first["loc"])) or "line"
        return {"error": f"{name}: {first['msg']}"}
    found = classify_text(paper.title, paper.abstract)
    answer: dict[str, Any] = {
        "classifications": [{"name": item.name, "confidence": item.confidence} for item in found]
    }
    return answer | {"scores": dict(score_text(paper.title, paper.abstract))} if with_scores else answer

"""Labelled papers in words of our own, from which there is something to learn."""

import json
from datetime import date, timedelta
from pathlib import Path
from random import Random

from papers.training.examples import LabelledPaper

SPEAKING = {
    "Robotics": ("gripper", "quadruped", "actuator", "locomotion"),
    "Text-to-Speech": ("prosody", "vocoder", "phoneme", "intonation"),
    "Object Detection": ("bounding", "anchor", "proposal", "occlusion"),
    "Graph Machine Learning": ("vertex", "edge", "adjacency", "laplacian"),
}
"""Words that only papers with the label have."""

_FILLING = (
    "tide",
    "harbour",
    "meadow",
    "lantern",
    "orchard",
    "granite",
    "willow",
    "copper",
    "ferry",
    "quarry",
)
_FIRST, _DAYS = date(2025, 1, 6), 160


def labelled_papers(count: int = 160, *, seed: int = 7) -> list[LabelledPaper]:
    """Papers with one or two labels over five months, oldest first; the same for the same seed."""
    random = Random(seed)  # noqa: S311 - made-up papers
    return [_paper(random, number, count) for number in range(count)]


def _paper(random: Random, number: int, count: int) -> LabelledPaper:
    labels = random.sample([*SPEAKING], random.choice((1, 1, 2)))
    words = [word for label in labels for word in random.sample(SPEAKING[label], 3)]
    words += random.choices(_FILLING, k=12)
    random.shuffle(words)
    return LabelledPaper(
        arxiv_id=f"2501.{number:05}",
        day=_FIRST + timedelta(days=number * _DAYS // count),
        title=" ".join(words[:4]),
        text=" ".join(words[4:]) + ".",
        labels=tuple(labels),
    )


def write_digests(folder: Path, papers: list[LabelledPaper]) -> tuple[Path, Path]:
    """Writes papers as folders of digests have them: a `.json` a day, and a file of abstracts."""
    days: dict[date, list[LabelledPaper]] = {}
    for paper in papers:
        days.setdefault(paper.day, []).append(paper)
    digests = folder / "digests"
    digests.mkdir()
    for day, listed in days.items():
        rows = [
            {
                "link": f"https://arxiv.org/abs/{paper.arxiv_id}",
                "title": paper.title,
                "summary": "- A line.",
                "classification": [*paper.labels],
            }
            for paper in listed
        ]
        (digests / f"{day}.json").write_text(json.dumps(rows), encoding="utf-8")
    abstracts = folder / "abstracts.jsonl"
    lines = [{"arxiv_id": one.arxiv_id, "title": one.title, "abstract": one.text} for one in papers]
    abstracts.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return digests, abstracts

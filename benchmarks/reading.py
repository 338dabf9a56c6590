"""How well the rules find the digests' labels, against always giving the two most frequent ones.

Run it from the project's root: `.venv/bin/python -m benchmarks.reading`. It reads the recorded digests of 2025-02 to
2025-06 and the papers' abstracts beside the project; the rules were gathered from earlier days. The digests' own
labels are noisy: a language model gave them after reading whole papers.
"""

import json
import time
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from papers.links import find
from papers.reading.classifications import classify
from papers.reading.summary import bullets
from papers.taxonomy import canonical

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
FIRST, LAST = "2025-02-01", "2025-06-30"
BASELINE_LABELS = 2


class Example(NamedTuple):
    """A paper and the labels that its digest gave it."""

    title: str
    abstract: str
    labels: frozenset[str]


def examples() -> Iterator[Example]:
    """The recorded papers that have both an abstract and labels, day by day."""
    with (DATA / "abstracts.jsonl").open(encoding="utf-8") as lines:
        abstracts = {paper["arxiv_id"]: paper for paper in map(json.loads, lines)}
    for file in sorted((DATA / "digests").glob("*.json")):
        if not FIRST <= file.stem <= LAST:
            continue
        for row in json.loads(file.read_text(encoding="utf-8")):
            paper = abstracts.get(row["link"].rpartition("/")[2])
            labels = frozenset(filter(None, map(canonical, row.get("classification") or ())))
            if paper and labels:
                yield Example(paper["title"], paper["abstract"], labels)


def micro(given: Sequence[Collection[str]], papers: Sequence[Example]) -> tuple[float, float, float]:
    """Precision, recall and F1 over all labels of all papers."""
    hits = sum(len(paper.labels.intersection(labels)) for labels, paper in zip(given, papers, strict=True))
    told, true = sum(map(len, given)), sum(len(paper.labels) for paper in papers)
    return hits / told, hits / true, 2 * hits / (told + true)


def main() -> None:
    """Prints the figures."""
    if not (DATA / "abstracts.jsonl").is_file():
        print(f"Nothing to measure: there are no recorded papers in {DATA}.")
        return
    papers = [*examples()]
    start = time.perf_counter()
    classifications = [classify(paper.title, paper.abstract) for paper in papers]
    classified = time.perf_counter()
    drawn = [(bullets(paper.abstract), find(paper.abstract)) for paper in papers]
    end = time.perf_counter()

    count = len(papers)
    given = [[item.name for item in items] for items in classifications]
    confidences = [item.confidence or 0 for items in classifications for item in items]
    frequent = Counter(label for paper in papers for label in paper.labels).most_common(BASELINE_LABELS)
    precision, recall, rules = micro(given, papers)
    _, _, baseline = micro([[name for name, _ in frequent]] * count, papers)
    print(f"papers                 {count} ({FIRST} to {LAST})")
    print(f"micro-F1, rules        {rules:.3f} (precision {precision:.3f}, recall {recall:.3f})")
    print(f"micro-F1, baseline     {baseline:.3f} (always {' and '.join(name for name, _ in frequent)})")
    print(f"ratio                  {rules / baseline:.2f}")
    print(f"confidence, mean       {fmean(confidences):.3f} (as good as the precision where it is honest)")
    print(f"labels a paper         {sum(map(len, given)) / count:.2f}")
    print(f"Other                  {given.count(['Other']) / count:.1%}")
    print(f"bullets a paper        {sum(len(told) for told, _ in drawn) / count:.2f}")
    print(f"with links in the text {sum(bool(links) for _, links in drawn) / count:.1%}")
    print(f"classified             {count / (classified - start):,.0f} papers/s")
    print(f"bullets and links      {count / (end - classified):,.0f} papers/s")


if __name__ == "__main__":
    main()

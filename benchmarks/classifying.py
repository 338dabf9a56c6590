"""How well and how fast papers are classified, beside the baseline and the rules.

Run it from the project's root: `.venv/bin/python -m benchmarks.classifying` (about five minutes; it needs scikit-learn).
It reads the recorded digests and abstracts beside the project. A month is tried with what all papers before it teach, by
the classifier and by the baseline in the same run; so is the end of 2025-06, with papers after the break of 2025-05 among
those before it. Speed is that of the classifier that ships, one paper after the other on one core.
"""

import sys
import time
from datetime import date
from pathlib import Path

from papers.reading import classifications
from papers.reading.classifier import SHIPPED, Classifier
from papers.training.corpus import Corpus
from papers.training.examples import LabelledPaper, from_folder
from papers.training.report import Trial, report
from papers.training.wording import month_lines, report_lines

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"
LATE = date(2025, 6, 11)
TIMED = 1_000
LOADS = 5


def main() -> None:
    """Prints the figures."""
    if not (DATA / "abstracts.jsonl").is_file():
        print(f"Nothing to measure: there are no recorded papers in {DATA}.")
        return
    papers = from_folder(DATA / "digests", DATA / "abstracts.jsonl")
    speed(papers[-TIMED:])
    corpus = Corpus.of(papers)
    late = corpus.first_of(LATE)
    trial = Trial("late June", corpus.part(0, late), corpus.part(late, len(papers)))
    print(*month_lines(trial.figures), "", sep="\n")
    print(*report_lines(report(corpus, lambda month: print(month, file=sys.stderr))), sep="\n")


def speed(papers: list[LabelledPaper]) -> None:
    """Prints how long loading and classifying take."""
    file = ROOT / "papers" / "reading" / "shipped" / SHIPPED
    Classifier.load(file).classify("numpy is loaded", "with the first paper")
    start = time.perf_counter()
    for _ in range(LOADS):
        classifier = Classifier.load(file)
    loading = (time.perf_counter() - start) / LOADS
    start = time.perf_counter()
    classifier.classify(papers[0].title, papers[0].text)
    first = time.perf_counter() - start
    start = time.perf_counter()
    for paper in papers:
        classifier.classify(paper.title, paper.text)
    one = (time.perf_counter() - start) / len(papers)
    start = time.perf_counter()
    for paper in papers:
        classifications.classify(paper.title, paper.text)
    rules = (time.perf_counter() - start) / len(papers)
    print(f"file                {file.stat().st_size:,} bytes")
    print(f"loaded in           {loading * 1000:.1f} ms (first paper after it {first * 1000:.1f} ms)")
    print(f"a paper             {one * 1000:.2f} ms, {1 / one:,.0f} papers/s")
    print(f"by rules alone      {rules * 1000:.2f} ms, {1 / rules:,.0f} papers/s")
    print()


if __name__ == "__main__":
    main()

"""How well a paper's links to code are found, against the recorded digests' and a plain regular expression.

Run it from the project's root: `.venv/bin/python -m benchmarks.links [--wrong]`. The reference is `github_urls` of the
digests, brought to one form, junk left out; a language model gathered it from whole papers. Found are links from the
abstract alone, and, where a recorded day of the hub has the paper, from its payload too.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from papers.links import distinct, key, recognise
from papers.links.releases import released
from papers.models import Link, LinkKind
from papers.sources.huggingface_items import understand

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
PLAIN = re.compile(r"github\.com/([\w.-]+)/([\w.-]+)", re.IGNORECASE)

Found = Callable[["Example"], Sequence[Link]]


class Example(NamedTuple):
    """A paper: what it says, what the hub's payload says, and the links that the digests have."""

    arxiv_id: str
    title: str
    abstract: str
    payload: Mapping[str, Any] | None
    true: frozenset[str]


class Figures(NamedTuple):
    """Links found, those of them that are true, and all true ones."""

    told: int
    hits: int
    true: int

    def __str__(self) -> str:
        precision, recall = self.hits / self.told, self.hits / self.true
        f1 = 2 * self.hits / (self.told + self.true)
        return f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  ({self.hits} of {self.told} found, {self.true} true)"


def reference() -> dict[str, frozenset[str]]:
    """Each paper's links to code in all digests that have it."""
    links: dict[str, set[str]] = {}
    for file in sorted((DATA / "digests").glob("*.json")):
        for row in json.loads(file.read_text(encoding="utf-8")):
            written = (recognise(url) for url in row.get("github_urls") or ())
            known = links.setdefault(row["link"].rpartition("/")[2], set())
            known.update(key(link) for link in written if link is not None and link.kind is LinkKind.CODE)
    return {arxiv_id: frozenset(known) for arxiv_id, known in links.items()}


def payloads() -> dict[str, dict[str, Any]]:
    """The hub's recorded items, by arXiv id."""
    files = sorted((DATA / "hf_daily_papers").glob("*.json"))
    return {
        item["paper"]["id"]: item for file in files for item in json.loads(file.read_text(encoding="utf-8"))
    }


def examples() -> Iterator[Example]:
    """The papers of the digests whose abstract was recorded."""
    true, told = reference(), payloads()
    with (DATA / "abstracts.jsonl").open(encoding="utf-8") as lines:
        for paper in map(json.loads, lines):
            arxiv_id = paper["arxiv_id"]
            if arxiv_id in true:
                yield Example(arxiv_id, paper["title"], paper["abstract"], told.get(arxiv_id), true[arxiv_id])


def from_abstract(paper: Example) -> tuple[Link, ...]:
    """As the bot reads a paper of which nothing else is known."""
    return released([paper.abstract], title=paper.title, vouched=())


def from_payload(paper: Example) -> tuple[Link, ...]:
    """As the bot reads a paper that the hub announced."""
    [said] = understand(paper.payload).announcement.statements
    vouched = said.links or ()
    return distinct((*vouched, *released([said.abstract or ""], title=paper.title, vouched=vouched)))


def baseline_from_abstract(paper: Example) -> list[Link]:
    """What looks like a repository on GitHub in the abstract."""
    return plain(paper.abstract)


def baseline_from_payload(paper: Example) -> list[Link]:
    """What looks like a repository on GitHub in the payload."""
    return plain(json.dumps(paper.payload))


def plain(text: str) -> list[Link]:
    """All that the expression matches, without a closing full stop."""
    found = (f"https://github.com/{owner}/{name.rstrip('.')}" for owner, name in PLAIN.findall(text))
    return [Link(kind=LinkKind.CODE, url=url) for url in found]


def code(links: Sequence[Link]) -> set[str]:
    """The links to code among them."""
    return {key(link) for link in links if link.kind is LinkKind.CODE}


def measure(papers: Sequence[Example], find: Found) -> Figures:
    """Counts over all links of all papers."""
    told = [code(find(paper)) for paper in papers]
    hits = sum(len(found & paper.true) for found, paper in zip(told, papers, strict=True))
    return Figures(sum(map(len, told)), hits, sum(len(paper.true) for paper in papers))


def report(name: str, papers: Sequence[Example], ours: Found, baseline: Found) -> None:
    """Prints the figures of both, and how many of the true links can be found at all."""
    shown = sum(visible(paper, with_payload=ours is from_payload) for paper in papers)
    print(f"{name}: {len(papers)} papers, {shown} of the true links stand there")
    print(f"  ours      {measure(papers, ours)}")
    print(f"  baseline  {measure(papers, baseline)}")


def visible(paper: Example, *, with_payload: bool) -> int:
    """How many of the true links stand in what is read."""
    text = json.dumps([paper.abstract, paper.payload if with_payload else None]).lower()
    return sum(url.partition("/")[2] in text for url in paper.true)


def list_wrong(papers: Sequence[Example], find: Found) -> None:
    """Prints each link that only one of the two has."""
    for paper in papers:
        told = code(find(paper))
        for sign, urls in (("+", told - paper.true), ("-", paper.true - told)):
            for url in sorted(urls):
                others = " ".join(sorted(paper.true)) if sign == "+" else " ".join(sorted(told))
                print(f"{sign} {paper.arxiv_id} {paper.title[:60]!r} {url} (beside: {others or 'nothing'})")


def main() -> None:
    """Prints the figures; with `--wrong`, the disagreements."""
    if not (DATA / "abstracts.jsonl").is_file():
        print(f"Nothing to measure: there are no recorded papers in {DATA}.")
        return
    papers = [*examples()]
    announced = [paper for paper in papers if paper.payload is not None]
    report("abstract alone", papers, from_abstract, baseline_from_abstract)
    report("the same, where a payload is recorded", announced, from_abstract, baseline_from_abstract)
    report("with the payload", announced, from_payload, baseline_from_payload)
    if "--wrong" in sys.argv[1:]:
        print("\nabstract alone: + only found, - only in the digests")
        list_wrong(papers, from_abstract)
        print("\nwith the payload")
        list_wrong(announced, from_payload)


if __name__ == "__main__":
    main()

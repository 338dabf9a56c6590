"""Writes reading.md: twenty papers, abstract beside bullets, each with a remark written after reading both.

The remarks stand in reading.toml beside the digest of the bullets they speak of; where bullets have changed
since, nothing is written until the remark is.
"""

import hashlib
import json
import random
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import starmap
from pathlib import Path
from statistics import mean
from typing import TypedDict

from papers.reading.latex import plain
from papers.reading.summary import bullets
from papers.tokens import tokenise

ABSTRACTS = Path(__file__).resolve().parents[2] / "shared" / "data" / "abstracts.jsonl"
PAGE = Path(__file__).with_suffix(".md")
REMARKS = Path(__file__).with_suffix(".toml")
SEED = 20260901
PAPERS = 20
FEWEST = 4  # bullets that were asked for

POINTING = re.compile(r"(?:This|These|It|They)\b(?! (?:paper|work|study|survey|report)\b)")
FIGURE = re.compile(r"\d ?%|\d(?:\.\d+)? ?(?:×|x\b|times\b)|\d\.\d")
TRACE = re.compile(r"\\|\$(?!\d)|\^|\{[^{},]*\}|\{[^}]*$|(?<![\w/.-])[A-Za-z]_\w")
WHOLE = re.compile(r"[.!?。][)\]”\"'’]*$")

INTRODUCTION = """\
# Bullets, read critically

`python docs/reading.py` wrote this page: {papers} of {all:,} recorded abstracts, chosen by the fixed seed {seed}, beside
the bullets that Paperboy draws without a language model. Titles and abstracts are metadata of arXiv, which gives
them to everybody under [CC0](https://info.arxiv.org/help/license/index.html). A remark, written after reading both,
stands below each. What the rules are is in [decision 0013](decisions/0013-bullets-from-the-abstract.md).

## Measured over all {all:,}
"""


class Recorded(TypedDict):
    """A line of the recorded abstracts, as far as it is read here."""

    arxiv_id: str
    title: str
    abstract: str


class Remark(TypedDict):
    """What was found to say of a paper's bullets."""

    of: str
    remark: str


def digest(drawn: Sequence[str]) -> str:
    """Eight characters that change when the bullets do."""
    return hashlib.sha256("\n".join(drawn).encode()).hexdigest()[:8]


def is_cut(bullet: str, abstract: str) -> bool:
    """Whether a bullet ends where its sentence does not: the abstract's own last words need no full stop."""
    return not WHOLE.search(bullet) and tokenise(plain(abstract))[-3:] != tokenise(bullet)[-3:]


def is_lone(bullet: str, before: str, abstract: str) -> bool:
    """Whether a bullet begins with a pronoun and the sentence that this points to is not the bullet before."""
    told_before = " ".join(plain(abstract).split()).partition(bullet[1:])[0][:-1].rstrip()
    return bool(POINTING.match(bullet)) and not (before and told_before.endswith(before[-20:]))


def figures(read: Sequence[tuple[Recorded, tuple[str, ...]]]) -> Iterator[tuple[str, str]]:
    """What the page says of all abstracts: a line's name and its value."""
    drawn = [
        (bullet, before, p["abstract"])
        for p, each in read
        for bullet, before in zip(each, ("", *each), strict=False)
    ]
    with_figure = [each for paper, each in read if FIGURE.search(paper["abstract"])]
    few = (share(sum(len(each) == count for _, each in read), len(read)) for count in (3, 2, 1))
    yield (
        "abstracts with four or five bullets",
        share(sum(len(each) >= FEWEST for _, each in read), len(read)),
    )
    yield "with three; two; one", "; ".join(few)
    yield "words in a bullet, mean", f"{mean(len(bullet.split()) for bullet, _, _ in drawn):.1f}"
    yield (
        "bullets beginning with This, These, It or They",
        share(sum(bool(POINTING.match(b)) for b, _, _ in drawn), len(drawn)),
    )
    yield (
        "of all bullets, such whose sentence before is not shown",
        share(sum(starmap(is_lone, drawn)), len(drawn)),
    )
    yield "bullets beginning with We", share(sum(b.startswith("We ") for b, _, _ in drawn), len(drawn))
    yield (
        "abstracts with a measured number whose bullets have one",
        share(sum(any(map(FIGURE.search, each)) for each in with_figure), len(with_figure)),
    )
    yield (
        "bullets with traces of LaTeX",
        f"{sum(bool(TRACE.search(b)) for b, _, _ in drawn)} of {len(drawn):,}",
    )
    yield "bullets cut inside a sentence", str(sum(is_cut(bullet, abstract) for bullet, _, abstract in drawn))


def share(part: int, whole: int) -> str:
    """A part of a whole in per cent."""
    return f"{part / whole:.1%}"


def stale(chosen: Sequence[tuple[Recorded, tuple[str, ...]]], remarks: Mapping[str, Remark]) -> Iterator[str]:
    """What has to be read again, as it has to stand in the file of remarks."""
    for paper, drawn in chosen:
        remark = remarks.get(paper["arxiv_id"])
        if remark is None or remark["of"] != digest(drawn):
            listed = "\n".join(f"#  - {bullet}" for bullet in drawn)
            yield f'["{paper["arxiv_id"]}"]\n# {paper["title"]}\n{listed}\nof = "{digest(drawn)}"\nremark = ""\n'


def section(paper: Recorded, drawn: Sequence[str], remark: Remark) -> str:
    """A paper on the page: what was written and what was drawn from it, side by side, and the remark."""
    items = "".join(f"<li>{escape(bullet)}</li>" for bullet in drawn)
    return (
        f"### {escape(' '.join(paper['title'].split()))}\n\n"
        f"[{paper['arxiv_id']}](https://arxiv.org/abs/{paper['arxiv_id']})\n\n"
        f'<table><tr><th width="50%">abstract</th><th>bullets</th></tr>\n<tr valign="top">'
        f"<td>{escape(' '.join(paper['abstract'].split()))}</td>\n<td><ul>{items}</ul></td></tr></table>\n\n"
        f"{remark['remark'].strip()}\n"
    )


def main() -> None:
    """Writes the page, or says which remarks are missing."""
    recorded: list[Recorded] = [
        json.loads(line) for line in ABSTRACTS.read_text(encoding="utf-8").splitlines()
    ]
    read = [(paper, bullets(paper["abstract"])) for paper in recorded]
    chosen = random.Random(SEED).sample(read, PAPERS)  # noqa: S311
    remarks: Mapping[str, Remark] = (
        tomllib.loads(REMARKS.read_text(encoding="utf-8")) if REMARKS.exists() else {}
    )
    if missing := "\n".join(stale(chosen, remarks)):
        sys.exit(
            f"{missing}\nThese bullets are new: read them, and put a remark in {REMARKS.name} in place of the old."
        )
    table = "\n".join(f"| {name} | {value} |" for name, value in figures(read))
    sections = "\n".join(section(paper, drawn, remarks[paper["arxiv_id"]]) for paper, drawn in chosen)
    introduction = INTRODUCTION.format(papers=PAPERS, all=len(read), seed=SEED)
    PAGE.write_text(
        f"{introduction}\n| | |\n| --- | --- |\n{table}\n\n## Twenty papers\n\n{sections}", encoding="utf-8"
    )
    print(f"{PAGE.name}: {PAGE.stat().st_size / 1024:.0f} kB")


if __name__ == "__main__":
    main()

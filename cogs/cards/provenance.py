"""Where what a card shows came from, in few words."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from cogs.cards.text import clean
from papers.models import Origin, Paper, Part

_WHO: Mapping[Origin, str] = MappingProxyType(
    {
        Origin.PERSON: "corrected by people",
        Origin.LANGUAGE_MODEL: "a language model",
        Origin.SHIPPED_MODEL: "Paperboy’s own model",
        Origin.ARXIV: "arXiv",
        Origin.HUB: "Hugging Face",
        Origin.DIGEST: "digest",
        Origin.PAGES: "the paper’s pages",
        Origin.EXTRACT: "abstract",
    }
)
_LONGEST_MAKER = 60


def provenance(paper: Paper) -> str:
    """One line that names the origins of the bullets, the classifications and the links.

    A language model is named by its name. At most 300 characters; empty where the paper has none of the three.
    """
    return " · ".join(_told(paper))


def _told(paper: Paper) -> Iterator[str]:
    for name, part in (("Bullets", Part.BULLETS), ("Labels", Part.CLASSIFICATIONS), ("Links", Part.LINKS)):
        who = _who(paper, part)
        if who and part is Part.BULLETS and _has_lead(paper):
            who = f"{_WHO[paper.origins[Part.LEAD]]}, {who}"
        if who:
            yield f"{name}: {who}"


def _has_lead(paper: Paper) -> bool:
    return Part.LEAD in paper.origins and paper.origins.get(Part.BULLETS) is Origin.EXTRACT


def _who(paper: Paper, part: Part) -> str | None:
    origin = paper.origins.get(part)
    if origin is None:
        return None
    maker = clean(paper.makers.get(part, ""))[:_LONGEST_MAKER]
    return maker if maker and origin is Origin.LANGUAGE_MODEL else _WHO[origin]

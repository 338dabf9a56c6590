"""One paper as one card: what people read every day."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from cogs.cards import buttons
from cogs.cards.provenance import provenance
from cogs.cards.text import clean, escape, fit, joined, link, long_date, size
from papers import taxonomy
from papers.models import ArxivRecord, Link, LinkedOnHub, LinkKind, Paper, Payload

TITLE_LIMIT = 256
DESCRIPTION_LIMIT = 3_500
CLASSIFICATIONS_LIMIT = 400
LINKS_LIMIT = 900
RECORD_LIMIT = 400
"""Below the 4096 of a description and the 1024 of a field, so that an embed stays under 6000 in all."""

_CATEGORIES = 6

EMBEDS_LIMIT = 6000
SHORT_CARD = 1_800
"""Where a card in a channel stops taking more bullets: nobody wants a wall of text."""

KEPT_BULLETS = 2
SHOWN_AUTHORS = 5
_LONGEST_URL = 400
_ABSTRACT = "Abstract"
_LEAST_ABSTRACT = 200

COLOURS: Mapping[str, int] = MappingProxyType(
    {
        "Multimodal": 0x7C3AED,
        "Computer Vision": 0x2563EB,
        "Natural Language Processing": 0x059669,
        "Audio": 0xDB2777,
        "Tabular": 0xB45309,
        "Reinforcement Learning": 0xDC2626,
        "Other": 0x64748B,
    }
)
"""A colour for each family."""

_LINK_NAMES: Mapping[LinkKind, str] = MappingProxyType(
    {
        LinkKind.CODE: "Code",
        LinkKind.MODEL: "Model",
        LinkKind.DATASET: "Dataset",
        LinkKind.SPACE: "Demo",
        LinkKind.COLLECTION: "Collection",
        LinkKind.PROJECT: "Project page",
    }
)


def card(paper: Paper, bullets_limit: int, record: str = "") -> dict[str, object]:
    """The embed of a paper.

    Args:
        paper: any paper, however long or hostile its text.
        bullets_limit: how many UTF-16 units the description should have; two bullets stay even above it.
        record: what arXiv keeps beside, as Markdown, where it is to be shown.
    """
    embed: dict[str, object] = {
        "title": fit(paper.title, TITLE_LIMIT) or paper.arxiv_id,
        "url": paper.url,
        "color": colour(paper),
        "fields": _fields(paper, record),
        "footer": {"text": _footer(paper)},
    }
    if description := _description(paper, bullets_limit):
        embed["description"] = description
    return embed


def in_full(paper: Paper, *rows: buttons.Component) -> Payload:
    """The message for somebody who wants to read on: all bullets that fit, arXiv's record, and the abstract.

    Args:
        paper: any paper.
        rows: the buttons under it.
    """
    embed = card(paper, DESCRIPTION_LIMIT, _record(paper.arxiv or ArxivRecord()))
    room = min(DESCRIPTION_LIMIT, EMBEDS_LIMIT - embed_size(embed) - size(_ABSTRACT))
    abstract = fit(paper.abstract or "", room) if room >= _LEAST_ABSTRACT else ""
    embeds = [embed]
    if abstract:
        embeds.append({"title": _ABSTRACT, "description": abstract, "color": embed["color"]})
    return buttons.message(embeds, *rows)


def embed_size(embed: dict[str, object]) -> int:
    """How much of the 6000 units a message's embeds may have this one takes."""
    shown = embed | {"url": "", "color": ""}
    return sum(size(text) for text in _texts(shown))


def _texts(value: object) -> Iterable[str]:
    match value:
        case str():
            yield value
        case dict():
            for item in value.values():
                yield from _texts(item)
        case list():
            for item in value:
                yield from _texts(item)


def colour(paper: Paper) -> int:
    """The colour of the paper's first classification's family."""
    name = paper.classifications[0].name if paper.classifications else "Other"
    return COLOURS[taxonomy.family(name)]


def authors_line(authors: Sequence[str], limit: int = 400) -> str:
    """The first five authors and how many more, escaped."""
    named = [fit(author, 60) for author in authors if clean(author)]
    if len(named) > SHOWN_AUTHORS:
        more = f" and {len(named) - SHOWN_AUTHORS} more"
        return joined(named[:SHOWN_AUTHORS], ", ", limit - len(more)) + more
    return joined(named, ", ", limit) if named else ""


def classifications_line(paper: Paper, limit: int = CLASSIFICATIONS_LIMIT) -> str:
    """The names of the paper's classifications, escaped."""
    names = dict.fromkeys(fit(item.name, 100) for item in paper.classifications if clean(item.name))
    return joined([*names], " · ", limit) if names else ""


def links_line(paper: Paper, limit: int = LINKS_LIMIT, *, arxiv: bool = True) -> str:
    """Where to read on: arXiv where that is not said otherwise, PDF, then code, models and the rest."""
    links = [link("arXiv", paper.url)] if arxiv else []
    links.append(link("PDF", paper.pdf_url))
    others = [item for item in _sorted(paper.links) if size(item.url) <= _LONGEST_URL]
    starred = next((item for item in others if item.kind is LinkKind.CODE), None)
    links += [link(_label(item) + _stars(paper) * (item is starred), item.url) for item in others]
    if counts := _counts(paper.linked or LinkedOnHub()):
        links.append(link(counts, f"https://huggingface.co/papers/{paper.arxiv_id}"))
    return joined(links, " · ", limit)


def _counts(linked: LinkedOnHub) -> str:
    """How much on the hub names the paper: "12 models, 1 Space"."""
    counted = ((linked.models, "model"), (linked.datasets, "dataset"), (linked.spaces, "Space"))
    return ", ".join(f"{count:,} {name}{'s' * (count > 1)}" for count, name in counted if count)


def _sorted(links: Iterable[Link]) -> list[Link]:
    kinds = list(_LINK_NAMES)
    return sorted(links, key=lambda item: kinds.index(item.kind))


def _label(item: Link) -> str:
    name = f"{_LINK_NAMES[item.kind]}{' (anonymous)' * item.anonymous}"
    if item.kind in {LinkKind.PROJECT, LinkKind.COLLECTION}:
        return name
    return f"{name}: {fit(item.url.rstrip('/').rpartition('/')[2], 60)}"


def _stars(paper: Paper) -> str:
    """How many people starred its code: " ★ 1.2k"; empty where nobody said."""
    if paper.stars is None:
        return ""
    for least, unit in ((1_000_000, "M"), (1_000, "k")):
        if paper.stars >= least:
            return f" ★ {paper.stars / least:.1f}".removesuffix(".0") + unit
    return f" ★ {paper.stars}"


def _record(record: ArxivRecord) -> str:
    """Categories, version, comment and journal reference, escaped."""
    version = f"version {record.version}" if record.version else ""
    told = [
        ", ".join(record.categories[:_CATEGORIES]),
        version,
        record.comment or "",
        record.journal_ref or "",
    ]
    lines = [fit(text, RECORD_LIMIT // len(told)) for text in told if clean(text)]
    return " · ".join(lines)


def _fields(paper: Paper, record: str) -> list[dict[str, object]]:
    fields = (
        ("Classifications", classifications_line(paper)),
        ("Links", links_line(paper)),
        ("arXiv", record),
    )
    return [{"name": name, "value": value, "inline": False} for name, value in fields if value]


def _footer(paper: Paper) -> str:
    return " · ".join(filter(None, (long_date(paper.day), votes(paper), provenance(paper))))


def votes(paper: Paper) -> str:
    """How many upvotes it has; empty where nobody said."""
    return "" if paper.upvotes is None else f"▲ {paper.upvotes}"


def _description(paper: Paper, limit: int) -> str:
    authors = authors_line(paper.authors)
    head = f"*{authors}*\n" if authors else ""
    return (head + bullets_text(paper, limit - size(head), DESCRIPTION_LIMIT - size(head))).rstrip()


def bullet_lines(paper: Paper) -> list[str]:
    """The bullets as lines of a Markdown list, escaped."""
    return [f"- {escape(text)}" for text in map(clean, paper.bullets) if text]


def bullets_text(paper: Paper, wanted: int, most: int) -> str:
    """The bullets as a list, cut between bullets at `wanted` units; two stay, and are shortened only at `most`."""
    lines = bullet_lines(paper)
    kept, used = 0, 0
    for line in lines:
        used += size(line) + 1
        if used > wanted and kept >= KEPT_BULLETS:
            break
        kept += 1
    text = "\n".join(lines[:kept])
    return text if size(text) <= most else _shortened(paper.bullets, most)


def _shortened(bullets: Sequence[str], most: int) -> str:
    texts = [text for text in map(clean, bullets) if text][:KEPT_BULLETS]
    lengths = [size(escape(text)) + 3 for text in texts]
    spare = most - sum(min(length, most // len(texts)) for length in lengths)
    return "\n".join(
        f"- {fit(text, min(length, most // len(texts) + spare) - 3)}"
        for text, length in zip(texts, lengths, strict=True)
    )

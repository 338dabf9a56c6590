"""What a delivery says beside its papers: how many there are, of which days, and what else matches."""

from collections.abc import Sequence

from cogs.cards.text import count_of, fit, link, long_date
from papers.models import Batch, Model, Paper, Rhythm, Style

_NAMED = 8
_TITLE_IN_LINE = 80
_LONGEST_QUERY = 300


class Words(Model):
    """The line above a message's papers, and the role that it pings."""

    content: str = ""
    role_id: int | None = None


def heading(papers: Sequence[Paper]) -> str:
    """How many papers, and of when: 12 papers of 24 November 2026."""
    return f"{count_of(len(papers), 'paper')} of {days(papers)}"


def days(papers: Sequence[Paper]) -> str:
    """The day of papers, or the first and the last one."""
    first, last = (long_date(pick(paper.day for paper in papers)) for pick in (min, max))
    return first if first == last else f"{first} to {last}"


def words(batch: Batch, messages: int) -> list[Words]:
    """What stands above the papers of each message that is posted in the channel itself.

    The first one pings the role; a digest begins with a heading; the last one tells of what is left.
    """
    contents = [""] * messages
    if batch.subscription.style is Style.DIGEST and batch.papers:
        contents[0] = f"**{heading(batch.papers)}**"
    contents[-1] = "\n".join(filter(None, (contents[-1], rest(batch))))
    role = batch.subscription.role_id
    return [
        Words(content=content, role_id=None if number else role) for number, content in enumerate(contents)
    ]


def rest(batch: Batch) -> str:
    """What else matches, in a line or two, small beside papers; empty where nothing does."""
    told = _summarised(batch) if batch.summarised else ""
    small = "-# " if batch.papers else ""
    return "\n".join(f"{small}{line}" for line in (told, _deferred(batch)) if line)


def _summarised(batch: Batch) -> str:
    count = count_of(len(batch.summarised), f"{'more ' if batch.papers else ''}paper")
    verb = "matches" if len(batch.summarised) == 1 else "match"
    named = [
        link(fit(paper.title, _TITLE_IN_LINE) or paper.arxiv_id, paper.url, quiet=True)
        for paper in batch.summarised
    ]
    unnamed = [f"+{len(named) - _NAMED} more"] if len(named) > _NAMED else []
    return f"**{count}** {verb} ({search(batch.subscription.query)}): " + " · ".join(named[:_NAMED] + unnamed)


def search(query: str) -> str:
    """The command that finds what a query finds; without the query where it is too long to be shown."""
    shown = 0 < len(query) <= _LONGEST_QUERY and "`" not in query
    return f"`/papers query:{query}`" if shown else "`/papers`"


def _deferred(batch: Batch) -> str:
    """That papers wait for the next time; of cards that come as papers do, nobody needs to be told."""
    subscription = batch.subscription
    by_the_paper = subscription.style in {Style.CARDS, Style.FORUM}
    if not batch.deferred or (by_the_paper and subscription.schedule.rhythm is Rhythm.ARRIVAL):
        return ""
    return f"{batch.deferred:,} more come{'s' * (batch.deferred == 1)} next time."

"""Why a paper was or was not posted, in words."""

from collections.abc import Sequence

from discord.utils import format_dt

from cogs.cards.subscription_words import described, place
from cogs.cards.text import fit, link, plain, size
from papers.models import Destination, Paper
from papers.reasons import Reason, Why

_TITLE = 200
_DETAIL = 300
_MOST = 10
_LIMIT = 4_000  # of the 4,096 that an embed's description may have

_SENTENCES = {
    Reason.POSTED: "Posted: {link}.",
    Reason.SUMMARISED: "One line tells of it, for there were more than are wanted at a time: {link}.",
    Reason.FAILED: "It could not be posted: {detail}",
    Reason.SENDING: "It is being sent; where an earlier attempt may have arrived, I look first. I go on {at}.",
    Reason.QUEUED: "It is queued until {at}.",
    Reason.DEFERRED: "It is deferred, for others had more upvotes ({deferred} times so far); next {at}.",
    Reason.CLOSED: "It waits, for I cannot post here: {detail} I try again {at}.",
    Reason.PAUSED: "It matches, and the subscription is paused.",
    Reason.NOT_MATCHED: "It does not match: {detail} does not hold.",
    Reason.UNREADABLE: "The query cannot be read any more: {detail}",
    Reason.BEFORE_START: "It matches, and was announced before the subscription began.",
    Reason.TOO_OLD: "It matches, and is too old: what was announced over a week ago is not posted.",
    Reason.ELSEWHERE: "It matches too; a paper comes once.",
    Reason.UNPLANNED: "It matches, and is planned with the next run.",
    Reason.NOT_WANTED: "It matches now, and did not when it was planned; what changed since then posts nothing.",
}


def why_text(destination: Destination, paper: Paper, reasons: Sequence[Why]) -> str:
    """The answer to `/why`, as Markdown."""
    title = f"**{link(fit(paper.title, _TITLE) or paper.arxiv_id, paper.url)}**"
    if not reasons:
        return f"{title}\nNothing is subscribed for {place(destination)}: `/subscribe` changes that."
    lines = [f"- {_line(destination, why)}" for why in reasons[:_MOST]]
    while size("\n".join([title, *lines])) > _LIMIT:
        lines.pop()
    left = [f"-# and {len(reasons) - len(lines)} more"] if len(lines) < len(reasons) else []
    return "\n".join([title, *lines, *left])


def _line(destination: Destination, why: Why) -> str:
    name = "a subscription that is gone" if why.subscription is None else described(why.subscription.query)
    sentence = _SENTENCES[why.reason].format(
        link=_link(destination, why),
        detail=_detail(why),
        at="as soon as it can be" if why.at is None else format_dt(why.at, "R"),
        deferred=why.deferred,
    )
    doubt = f" {_detail(why)}" if why.reason is Reason.POSTED and why.detail else ""
    return f"**{name}**: {sentence}{doubt}"


def _detail(why: Why) -> str:
    text = why.detail or "nobody knows why."
    if why.reason is Reason.NOT_MATCHED:
        return f"`{fit(text.replace('`', chr(39)), _DETAIL, shown=plain)}`"
    return fit(text, _DETAIL)


def _link(destination: Destination, why: Why) -> str:
    if destination.guild_id is None:
        return "in your direct messages"
    return f"https://discord.com/channels/{destination.guild_id}/{why.channel_id}/{why.message_id}"

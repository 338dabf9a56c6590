"""Subscriptions as messages: the preview, what is said once it was saved, the list, and one with its buttons."""

from collections.abc import Sequence
from datetime import datetime

from cogs.cards import buttons
from cogs.cards.subscription_words import described, how, in_language, place, short_state, state
from cogs.cards.text import count_of, escape, fit, joined, link, long_date
from papers import languages
from papers.models import Destination, DestinationKind, Draft, Paper, Payload, Preferences, Subscription
from papers.previews import Preview
from papers.schedules import describe

SUCCESS, DANGER = 3, 4
_BLUE, _AMBER, _GREY = 0x2563EB, 0xB45309, 0x6B7280
_TITLE_LIMIT = 150
_LINES_LIMIT = 3_800


def preview(draft: Draft, draft_id: str, shown: Preview, warnings: Sequence[str]) -> Payload:
    """What a subscription would bring, before it is saved.

    Args:
        draft: what would be saved.
        draft_id: under which it is kept.
        shown: what it would have brought.
        warnings: what stands in its way, as Markdown.
    """
    new = draft.subscription_id is None
    text = "\n\n".join(filter(None, (_would_bring(shown), *(f"⚠️ {warning}" for warning in warnings))))
    embed = {
        "title": f"Preview of {'a' if new else 'the changed'} subscription",
        "description": text,
        "color": _AMBER if warnings else _BLUE,
        "fields": _fields(draft.destination, draft.preferences),
        "footer": {"text": "Nothing is saved yet."},
    }
    saving = (
        buttons.button(f"draft:save:{draft_id}", "Save", style=SUCCESS),
        buttons.button(f"draft:cancel:{draft_id}", "Cancel"),
    )
    parts = ["what", "when", "how"]
    if draft.destination.kind is not DestinationKind.DIRECT:
        parts.append("where")
    changing = [buttons.button(f"draft:{part}:{draft_id}", f"Change {part}…") for part in parts]
    return buttons.message([embed], buttons.row(*saving), buttons.row(*changing))


def one(subscription: Subscription, now: datetime) -> Payload:
    """A subscription with its state at a moment and what can be done about it."""
    number = subscription.id
    embed = {
        "title": "Subscription",
        "description": state(subscription, now),
        "color": _color(subscription),
        "fields": _fields(subscription.destination, subscription),
        "footer": {"text": f"Since {long_date(subscription.created_at.date())}"},
    }
    paused = subscription.paused_at is not None
    turn = ("resume", "Resume") if paused else ("pause", "Pause")
    doing = [
        buttons.button(f"subscription:{turn[0]}:{number}", turn[1]),
        buttons.button(f"subscription:edit:{number}", "Edit"),
    ]
    if subscription.destination.kind is not DestinationKind.DIRECT:
        doing.append(buttons.button(f"subscription:move:{number}", "Move"))
    doing.append(buttons.button(f"subscription:test:{number}", "Test card"))
    doing.append(buttons.button(f"subscription:remove:{number}", "Remove", style=DANGER))
    back = buttons.button("subscriptions:p:0", "All subscriptions", emoji="◀")
    return buttons.message([embed], buttons.row(*doing), buttons.row(back))


def removing(subscription: Subscription) -> Payload:
    """Asks once more before a subscription is removed."""
    text = (
        f"Remove **{described(subscription.query)}** from {place(subscription.destination)}?"
        " Its settings are forgotten; what was posted stays."
    )
    yes = buttons.button(f"subscription:removed:{subscription.id}", "Remove it", style=DANGER)
    no = buttons.button(f"subscription:show:{subscription.id}", "Keep it")
    return buttons.message([{"description": text}], buttons.row(yes, no))


def page(
    subscriptions: Sequence[Subscription], now: datetime, *, offset: int, total: int, size: int
) -> Payload:
    """A page of the list, with a menu to choose one.

    Args:
        subscriptions: those of the page.
        now: the moment at which their state is told.
        offset: how many stand before them.
        total: how many there are.
        size: how many a page has.
    """
    numbered = list(enumerate(subscriptions, offset + 1))
    lines = [_line(number, subscription, now) for number, subscription in numbered]
    options = [(str(item.id), f"{number}. {item.query or 'all papers'}") for number, item in numbered]
    rows = [buttons.row(buttons.select(f"subscription:{offset}", "Choose one", options))]
    if total > size:
        rows.append(buttons.row(*_turns(offset, total, size)))
    return buttons.message([{"description": joined(lines, "\n", _LINES_LIMIT), "color": _BLUE}], *rows)


def _line(number: int, subscription: Subscription, now: datetime) -> str:
    what = f"**{fit(subscription.query, 120) or 'all papers'}**{in_language(subscription.language)}"
    line = f"{number}. {place(subscription.destination)}: {what}, {describe(subscription.schedule)}"
    return line + short_state(subscription, now)


def _turns(offset: int, total: int, size: int) -> list[buttons.Component]:
    before, after = max(offset - size, 0), offset + size
    return [
        buttons.button(f"subscriptions:p:{before}", "Previous", emoji="◀", disabled=offset == 0),
        buttons.button(f"subscriptions:n:{after}", "Next", emoji="▶", disabled=after >= total),
    ]


def _color(subscription: Subscription) -> int:
    if subscription.paused_at is not None:
        return _GREY
    return _BLUE if subscription.closed is None else _AMBER


def _would_bring(shown: Preview) -> str:
    total = f"{shown.total:,}{'+' * shown.capped}"
    if not shown.matching:
        return (
            f"It would have brought **none** of the last {shown.days} days' {total} papers:"
            " ask for more if you expected some."
        )
    matching = total if shown.matching == shown.total else f"{shown.matching:,}"
    text = f"It would have brought **{matching}** of the last {shown.days} days' {total} papers."
    newest = [f"- {_named(paper)}" for paper in shown.newest]
    return "\n".join((text, "The newest:", *newest)) if newest else text


def _named(paper: Paper) -> str:
    return f"{link(fit(paper.title, _TITLE_LIMIT) or paper.arxiv_id, paper.url)} · {paper.day}"


def _fields(destination: Destination, preferences: Preferences) -> list[dict[str, object]]:
    language = languages.name(preferences.language or languages.ENGLISH)
    told = (
        ("What", described(preferences.query), False),
        ("Where", place(destination), True),
        ("When", escape(describe(preferences.schedule)), True),
        ("Bullets in", language, True),
        ("How", how(preferences), False),
    )
    return [{"name": name, "value": value, "inline": inline} for name, value, inline in told]


def saved(subscription: Subscription, *, new: bool, first: str, also: str, matching: int) -> Payload:
    """What is said once a subscription was saved.

    Args:
        subscription: as it is kept.
        new: whether it was not there before.
        first: when papers come, as a sentence.
        also: what else is to be said, as Markdown.
        matching: how many papers of the newest edition could be posted too.
    """
    where, what = place(subscription.destination), f"**{described(subscription.query)}**"
    done = "Subscribed {} to {}." if new else "Changed: {} gets {}."
    text = f"{done.format(where, what + in_language(subscription.language))} {first}"
    rows = []
    if matching:
        label = f"Post the newest edition too ({count_of(matching, 'paper')})"
        rows.append(buttons.row(buttons.button(f"catchup:{subscription.id}", label, style=buttons.PRIMARY)))
    return buttons.message([{"description": "\n".join(filter(None, (text, also)))}], *rows)

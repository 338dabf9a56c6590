"""The forms in which a subscription is changed before it is saved, a part of it each.

Limits: title and labels 45, descriptions and placeholders 100, five fields.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from cogs.cards import buttons
from papers import languages
from papers.models import DestinationKind, Draft, Overflow, Payload, Rhythm, Schedule, Style
from papers.query import MAX_LENGTH
from papers.schedules import WEEKDAYS

FORM_ID = r"draft-form:(?P<part>what|when|how|where):(?P<draft>[A-Za-z0-9]{1,20})"
"""What a form's custom id looks like."""

POSTABLE = (0, 5, 10, 11, 12, 15)
"""Kinds of channel that papers are posted in: text, announcements, threads, forums (Discord docs, "Channel Types")."""

WEEKDAYS_ONLY = "-weekdays"

_LABEL, _STRING_SELECT, _TEXT, _ROLE_SELECT, _CHANNEL_SELECT = 18, 3, 4, 6, 8
_LINE, _PARAGRAPH = 1, 2

_RHYTHMS: Mapping[str, str] = MappingProxyType(
    {
        Rhythm.ARRIVAL.value: "As papers arrive",
        Rhythm.ARRIVAL.value + WEEKDAYS_ONLY: "As papers arrive, weekdays only",
        Rhythm.DAILY.value: "Daily",
        Rhythm.DAILY.value + WEEKDAYS_ONLY: "Daily, weekdays only",
    }
    | {f"{Rhythm.WEEKLY.value}-{number}": f"Weekly on {day}" for number, day in enumerate(WEEKDAYS)}
)
_STYLES: Mapping[Style, str] = MappingProxyType(
    {
        Style.CARDS: "Cards: a message a paper",
        Style.DIGEST: "Digest: up to ten papers a message",
        Style.THREAD: "Thread: a headline, with the papers in its thread",
        Style.FORUM: "Forum: a post a paper, in forum channels",
    }
)
_IN_DIRECT_MESSAGES = (Style.CARDS, Style.DIGEST)
_OVERFLOWS = {
    Overflow.DEFER.value: "It comes next time",
    Overflow.SUMMARISE.value: "It is told of in one line",
}
_PUBLISHING = {"no": "Leave them in the channel", "yes": "Publish them to the channels that follow"}


def form(part: str, draft: Draft, draft_id: str) -> Payload:
    """The form for a part of a draft, with what it says now already filled in."""
    title, fields = _FORMS[part]
    return {"custom_id": f"draft-form:{part}:{draft_id}", "title": title, "components": fields(draft)}


def rhythm_of(schedule: Schedule) -> str:
    """The value of the form's menu that stands for a schedule's days."""
    if schedule.rhythm is Rhythm.WEEKLY:
        return f"{schedule.rhythm.value}-{schedule.weekday}"
    return schedule.rhythm.value + WEEKDAYS_ONLY * schedule.weekdays_only


def _what(draft: Draft) -> list[buttons.Component]:
    wanted = draft.preferences
    language = languages.name(wanted.language or languages.ENGLISH)
    query = _text("query", wanted.query, most=MAX_LENGTH, style=_PARAGRAPH)
    return [
        _labelled("Papers that answer this", query, 'Words, "phrases", tag:, author:, - for not; empty: all'),
        _labelled("Language of the bullets", _text("language", language, most=40)),
    ]


def _when(draft: Draft) -> list[buttons.Component]:
    schedule = draft.preferences.schedule
    quiet = "" if schedule.quiet is None else "{:%H:%M}-{:%H:%M}".format(*schedule.quiet)
    return [
        _labelled("How often", _menu("rhythm", _RHYTHMS, rhythm_of(schedule))),
        _labelled("At", _text("at", f"{schedule.at:%H:%M}", most=20), "For daily and weekly: 09:00, 9:30 pm"),
        _labelled("Time zone", _text("zone", schedule.zone, most=60), "Like Europe/Berlin, or a city"),
        _labelled("Quiet hours", _text("quiet", quiet, most=40), "For as they arrive: 22:00-07:00, or empty"),
    ]


def _how(draft: Draft) -> list[buttons.Component]:
    wanted = draft.preferences
    direct = draft.destination.kind is DestinationKind.DIRECT
    styles = {
        style.value: label for style, label in _STYLES.items() if not direct or style in _IN_DIRECT_MESSAGES
    }
    most = _text("most", "" if wanted.most is None else str(wanted.most), most=3)
    fields = [
        _labelled("How papers come", _menu("style", styles, wanted.style.value)),
        _labelled("At most at a time", most, "1 to 100, those with the most upvotes first; empty: all"),
        _labelled("And the rest", _menu("overflow", _OVERFLOWS, wanted.overflow.value)),
    ]
    if direct:
        return fields
    publish = _menu("publish", _PUBLISHING, "yes" if wanted.publish else "no")
    return [
        *fields,
        _labelled("Role to ping", _entity(_ROLE_SELECT, "role", wanted.role_id), "Once a delivery, or none"),
        _labelled("In announcement channels", publish),
    ]


def _where(draft: Draft) -> list[buttons.Component]:
    channel = _entity(_CHANNEL_SELECT, "channel", draft.destination.target_id)
    channel |= {"channel_types": list(POSTABLE), "required": True, "min_values": 1}
    return [_labelled("Post to", channel)]


_FORMS: Mapping[str, tuple[str, Callable[[Draft], Sequence[buttons.Component]]]] = MappingProxyType(
    {
        "what": ("What comes", _what),
        "when": ("When it comes", _when),
        "how": ("How it comes", _how),
        "where": ("Where it comes", _where),
    }
)


def _labelled(label: str, component: buttons.Component, description: str | None = None) -> buttons.Component:
    field: buttons.Component = {"type": _LABEL, "label": label, "component": component}
    return field if description is None else field | {"description": description}


def _text(custom_id: str, value: str, *, most: int, style: int = _LINE) -> buttons.Component:
    return {
        "type": _TEXT,
        "custom_id": custom_id,
        "style": style,
        "value": value[:most],
        "max_length": most,
        "required": False,
    }


def _menu(custom_id: str, options: Mapping[str, str], chosen: str) -> buttons.Component:
    return {
        "type": _STRING_SELECT,
        "custom_id": custom_id,
        "placeholder": "Choose one",
        "options": [
            {"value": value, "label": label, "default": value == chosen} for value, label in options.items()
        ],
    }


def _entity(kind: int, custom_id: str, chosen: int | None) -> buttons.Component:
    return {
        "type": kind,
        "custom_id": custom_id,
        "placeholder": "None",
        "required": False,
        "min_values": 0,
        "max_values": 1,
        "chosen": chosen,
    }

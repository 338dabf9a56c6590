"""The form in which a paper's classifications are put right, and what is said about it."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from cogs.cards import buttons
from cogs.cards.paper import classifications_line
from cogs.cards.text import fit, plain
from papers import taxonomy
from papers.models import Correction, Paper, Payload

MOST = 5
"""How many classifications a person may choose."""

FORM_ID = r"correction:(?P<arxiv_id>[^:]+)"
"""What a form's custom id looks like."""

_LABEL, _STRING_SELECT = 18, 3
_DESCRIPTION_LIMIT = 100
_FIELDS: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        family: (family,)
        for family in ("Multimodal", "Natural Language Processing", "Computer Vision", "Audio")
    }
    | {"Tabular, Reinforcement Learning, Other": ("Tabular", "Reinforcement Learning", "Other")}
)
"""The form's menus and the families in each: a form has at most five menus, a menu at most 25 options."""


def controls(paper: Paper, own: Correction | None) -> buttons.Component:
    """The buttons under a paper for somebody who may correct it; `own` is what they said of it already."""
    correct = buttons.button(f"correct:{paper.arxiv_id}", "Correct classifications")
    return buttons.row(correct) if own is None else buttons.row(correct, _undo(own, "Undo my correction"))


def form(paper: Paper) -> Payload:
    """The form for a paper, with what counts now already chosen.

    Limits: title and labels 45, descriptions 100, five fields, 25 options a menu.
    """
    names = filter(None, (taxonomy.canonical(item.name) for item in paper.classifications))
    chosen = list(dict.fromkeys(names))[:MOST]
    fields = [_field(name, families, chosen) for name, families in _FIELDS.items()]
    about = f"At most {MOST} in all, for: {paper.title}"
    fields[0]["description"] = fit(about, _DESCRIPTION_LIMIT, shown=plain)
    return {
        "custom_id": f"correction:{paper.arxiv_id}",
        "title": "Correct classifications",
        "components": fields,
    }


def _field(name: str, families: Sequence[str], chosen: Sequence[str]) -> buttons.Component:
    options = [
        {"label": member, "value": member, "default": member in chosen}
        | ({"description": family} if len(families) > 1 and member != family else {})
        for family in families
        for member in taxonomy.FAMILIES[family]
    ]
    menu = {
        "type": _STRING_SELECT,
        "custom_id": name,
        "placeholder": "None of these",
        "options": options,
        "required": False,
        "min_values": 0,
        "max_values": min(MOST, len(options)),
    }
    return {"type": _LABEL, "label": name, "component": menu}


def corrected(paper: Paper, own: Correction) -> Payload:
    """What is said once a person corrected a paper, seen as their server sees it now."""
    text = f"{_counts(paper)} now: in searches, subscriptions and on its card."
    return buttons.message([{"description": text}], buttons.row(_undo(own, "Undo")))


def taken_back(paper: Paper, *, by_others: bool) -> Payload:
    """What is said once a person took their correction back; `by_others` where another's counts now."""
    why = ", as somebody else here corrected it" if by_others else ", as everywhere"
    return buttons.message([{"description": f"Your correction is undone. {_counts(paper)}{why}."}])


def _counts(paper: Paper) -> str:
    title = fit(paper.title, 200) or paper.arxiv_id
    return f"**{title}** counts in this server as **{classifications_line(paper) or 'nothing'}**"


def _undo(own: Correction, label: str) -> buttons.Component:
    return buttons.button(f"uncorrect:{own.id}", label)

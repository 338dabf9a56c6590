"""Buttons and selects as the API takes them, and the custom ids they carry.

A custom id is `action:arguments`, at most 100 characters, and says all that is needed after a restart.
"""

from collections.abc import Mapping, Sequence

from cogs.cards.text import fit, plain
from papers.models import Paper, Payload

CUSTOM_ID_LIMIT = 100
LABEL_LIMIT = 80
OPTION_LIMIT = 100
OPTIONS_LIMIT = 25

_ACTION_ROW, _BUTTON, _STRING_SELECT = 1, 2, 3
PRIMARY, SECONDARY = 1, 2

Component = dict[str, object]
Embed = Mapping[str, object]


def message(
    embeds: Sequence[Embed], *rows: Component, content: str = "", role_id: int | None = None
) -> Payload:
    """The JSON body of a message that pings nobody, or one role alone.

    Args:
        embeds: at most ten.
        rows: of components.
        content: the Markdown above the embeds, which begins with the mention of the role.
        role_id: the role that is pinged.
    """
    roles: dict[str, object] = {} if role_id is None else {"roles": [str(role_id)]}
    mention = "" if role_id is None else f"<@&{role_id}>"
    text = " ".join(filter(None, (mention, content)))
    body: dict[str, object] = {"content": text} if text else {}
    return body | {
        "embeds": list(embeds),
        "components": list(rows),
        "allowed_mentions": {"parse": [], **roles},
    }


def row(*components: Component) -> Component:
    """An action row."""
    return {"type": _ACTION_ROW, "components": list(components)}


def button(
    custom_id: str, label: str, *, style: int = SECONDARY, emoji: str | None = None, disabled: bool = False
) -> Component:
    """A button that the bot answers."""
    component: Component = {
        "type": _BUTTON,
        "style": style,
        "label": fit(label, LABEL_LIMIT, shown=plain),
        "custom_id": custom_id,
        "disabled": disabled,
    }
    return component if emoji is None else component | {"emoji": {"name": emoji}}


def more(outbox_id: str, arxiv_id: str) -> Component:
    """The button under a posted card: it shows the paper in full, and carries the outbox id."""
    return button(f"card:{outbox_id}:{arxiv_id}", "Abstract and more")


def select(custom_id: str, placeholder: str, options: Sequence[tuple[str, str]]) -> Component:
    """A menu of (value, label), at most 25."""
    return {
        "type": _STRING_SELECT,
        "custom_id": custom_id,
        "placeholder": placeholder,
        "options": [
            {"value": value, "label": fit(label, OPTION_LIMIT, shown=plain) or value}
            for value, label in options
        ],
    }


def paper_menu(papers: Sequence[Paper], outbox_id: str = "") -> Component:
    """A menu to read one of the papers, the first 25 of them, in full; under a posted message it carries its outbox id."""
    options = [(paper.arxiv_id, paper.title) for paper in papers[:OPTIONS_LIMIT]]
    return select(f"open:{outbox_id}" if outbox_id else "open", "Read one in full", options)

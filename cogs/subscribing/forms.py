"""Forms that were filled in: a part of a draft, changed."""

import re
from collections.abc import Callable, Mapping
from datetime import time
from types import MappingProxyType
from typing import Any

from cogs.cards.subscription_forms import FORM_ID, WEEKDAYS_ONLY
from cogs.desk import Interaction, desk_of
from cogs.items import LastingForms
from cogs.messages import replace
from cogs.subscribing.access import drafted
from cogs.subscribing.places import fitted, look_at
from cogs.subscribing.previews import preview, preview_at
from papers import languages
from papers.errors import RequestError
from papers.models import (
    Destination,
    DestinationKind,
    Draft,
    Overflow,
    Payload,
    Preferences,
    Rhythm,
    Schedule,
    Style,
)
from papers.query import parse
from papers.schedules import find_zone, parse_quiet, parse_time

_MOST = range(1, 101)

Filled = Mapping[str, str]
"""What was written or chosen, by the field's custom id; empty where nothing was."""


class Forms(LastingForms):
    """Takes the forms in which drafts are changed."""

    form_id = re.compile(FORM_ID)

    async def answer_form(
        self, interaction: Interaction, said: Mapping[str, str], data: Mapping[str, Any]
    ) -> None:
        """The preview that the form was opened from shows the change."""
        await replace(interaction, await _changed(interaction, said["part"], said["draft"], _filled(data)))


async def _changed(interaction: Interaction, part: str, draft_id: str, filled: Filled) -> Payload:
    draft = await drafted(interaction, draft_id)
    if part == "where":
        shown = await _moved(interaction, draft, filled)
    else:
        wanted = draft.preferences.model_copy(update=dict(_READERS[part](draft.preferences, filled)))
        shown = await preview(interaction, draft.model_copy(update={"preferences": wanted}))
    await desk_of(interaction).subscriptions.drop_draft(draft_id)
    return shown


async def _moved(interaction: Interaction, draft: Draft, filled: Filled) -> Payload:
    if not filled["channel"].isdecimal():
        raise RequestError("Choose a channel, thread or forum of this server.")
    destination = Destination(
        kind=DestinationKind.CHANNEL, target_id=int(filled["channel"]), guild_id=interaction.guild_id
    )
    found = await look_at(interaction, destination)
    wanted = fitted(draft.preferences, found)
    moved = draft.model_copy(update={"destination": destination, "preferences": wanted})
    return await preview_at(interaction, moved, found)


def _filled(data: Mapping[str, Any]) -> Filled:
    fields = [part.get("component", {}) for part in data["components"]]
    return {
        field["custom_id"]: field.get("value") or next(iter(field.get("values", ())), "") for field in fields
    }


def _what(_before: Preferences, filled: Filled) -> Mapping[str, object]:
    return {"query": str(parse(filled["query"])), "language": language_code(filled["language"])}


def _when(before: Preferences, filled: Filled) -> Mapping[str, object]:
    return {"schedule": schedule_from(before.schedule, filled)}


def _how(_before: Preferences, filled: Filled) -> Mapping[str, object]:
    try:
        return {
            "style": Style(filled["style"]),
            "most": most_of(filled["most"]),
            "overflow": Overflow(filled["overflow"]),
            "role_id": int(filled["role"]) if filled.get("role") else None,
            "publish": filled.get("publish") == "yes",
        }
    except ValueError as error:
        raise _unknown() from error


_READERS: Mapping[str, Callable[[Preferences, Filled], Mapping[str, object]]] = MappingProxyType(
    {"what": _what, "when": _when, "how": _how}
)


def schedule_from(before: Schedule, filled: Filled) -> Schedule:
    """The schedule that a filled form asks for; what it leaves empty stays, but for quiet hours, which end.

    Raises:
        RequestError: a field cannot be understood.
    """
    chosen, weekdays, _ = filled["rhythm"].partition(WEEKDAYS_ONLY)
    rhythm, _, weekday = chosen.partition("-")
    at: time = parse_time(filled["at"]) if filled["at"].strip() else before.at
    zone = find_zone(filled["zone"]) if filled["zone"].strip() else before.zone
    quiet = parse_quiet(filled["quiet"]) if filled["quiet"].strip() else None
    try:
        return Schedule(
            rhythm=Rhythm(rhythm),
            at=at,
            zone=zone,
            weekday=int(weekday or before.weekday),
            weekdays_only=bool(weekdays),
            quiet=quiet,
        )
    except ValueError as error:
        raise _unknown() from error


def most_of(text: str) -> int | None:
    """How many papers at a time, as a person typed it; None for all.

    Raises:
        RequestError: it is no number from 1 to 100.
    """
    typed = text.strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdecimal() and int(typed) in _MOST):
        raise RequestError(f"“{typed[:40]}” is no number from 1 to 100: leave it empty for all papers.")
    return int(typed)


def language_code(name: str | None) -> str | None:
    """The code of a language that was chosen; None for English, which bullets are in anyway.

    Raises:
        RequestError: there is no such language to choose.
    """
    code = languages.find(name).code if name and name.strip() else None
    return None if code == languages.ENGLISH else code


def _unknown() -> RequestError:
    return RequestError("The form has a choice that I do not know: open it again.")

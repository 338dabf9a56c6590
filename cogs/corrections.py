"""Putting a paper's classifications right: from its card, for the server at once."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from cogs.cards import buttons
from cogs.cards.corrections import FORM_ID, MOST, controls, corrected, form, taken_back
from cogs.desk import Interaction, desk_of
from cogs.errors import need_manage_server
from cogs.items import LastingButton, LastingForms
from cogs.messages import ask, reply
from papers import taxonomy
from papers.errors import NotFoundError, RequestError
from papers.models import NewCorrection, Paper, Payload


async def correcting(interaction: Interaction, paper: Paper) -> Sequence[buttons.Component]:
    """The rows under a paper that is shown to one person: buttons, where they may correct it here."""
    if not interaction.is_guild_integration() or not interaction.permissions.manage_guild:
        return ()
    own = await desk_of(interaction).corrections.find(_here(interaction), paper.arxiv_id, interaction.user.id)
    return (controls(paper, own),)


def _here(interaction: Interaction) -> int:
    """The server, where the person may correct papers in it.

    Raises:
        RequestError: it is no server that the bot was added to.
        app_commands.MissingPermissions: the person may not manage it.
    """
    if interaction.guild_id is None or not interaction.is_guild_integration():
        raise RequestError("Classifications are corrected in a server that I was added to.")
    need_manage_server(interaction)
    return interaction.guild_id


async def _seen_here(interaction: Interaction, arxiv_id: str) -> Paper:
    paper = await desk_of(interaction).papers.get(arxiv_id)
    if paper is None:
        raise NotFoundError(f"The archive has no paper {arxiv_id}.")
    return paper.seen_in(interaction.guild_id)


class CorrectButton(LastingButton, template=r"correct:(?P<arxiv_id>[^:]+)"):
    """The button under a paper in full, for people with Manage Server."""

    async def answer(self, interaction: Interaction) -> None:
        """Opens the form."""
        _here(interaction)
        await ask(interaction, form(await _seen_here(interaction, self.said["arxiv_id"])))


class UndoButton(LastingButton, template=r"uncorrect:(?P<correction>\d{1,18})"):
    """The button that takes a correction back."""

    async def answer(self, interaction: Interaction) -> None:
        """Takes it back, and says what counts now."""
        guild_id, desk = _here(interaction), desk_of(interaction)
        own = await desk.corrections.get(int(self.said["correction"]))
        if own is None or (own.guild_id, own.person) != (guild_id, interaction.user.id):
            raise NotFoundError("This correction is not yours here, or is gone.")
        if not await desk.corrections.remove(own.id):
            raise NotFoundError("This correction is undone already.")
        desk.post_now()
        paper = await _seen_here(interaction, own.arxiv_id)
        await reply(interaction, taken_back(paper, by_others=guild_id in paper.corrections))


class Corrections(LastingForms):
    """Takes the forms of corrections."""

    form_id = re.compile(FORM_ID)

    async def answer_form(
        self, interaction: Interaction, said: Mapping[str, str], data: Mapping[str, Any]
    ) -> None:
        """Corrects the paper, and says what counts now."""
        await reply(interaction, await _correct(interaction, said["arxiv_id"], _chosen(data)))


def _chosen(data: Mapping[str, Any]) -> list[str]:
    """What was chosen in all menus of a form, each name once.

    Raises:
        RequestError: nothing, too much, or what the form does not offer.
    """
    fields = (part.get("component", {}) for part in data["components"])
    names = list(dict.fromkeys(name for field in fields for name in field.get("values", ())))
    if not names:
        raise RequestError("Choose at least one classification, or “Other” where none fits.")
    if len(names) > MOST:
        raise RequestError(f"Choose at most {MOST} classifications: you chose {len(names)}.")
    if any(name not in taxonomy.NAMES for name in names):
        raise RequestError("The form has a classification that I do not know: open it again.")
    return names


async def _correct(interaction: Interaction, arxiv_id: str, names: Sequence[str]) -> Payload:
    guild_id, desk = _here(interaction), desk_of(interaction)
    paper = await _seen_here(interaction, arxiv_id)
    correction = NewCorrection(
        guild_id=guild_id,
        arxiv_id=paper.arxiv_id,
        person=interaction.user.id,
        classifications=_in_order(names, paper),
        at=desk.clock.now(),
    )
    own = await desk.corrections.add(correction)
    if own is None:
        raise NotFoundError(f"The archive has no paper {arxiv_id}.")
    desk.post_now()
    return corrected(await _seen_here(interaction, arxiv_id), own)


def _in_order(names: Sequence[str], paper: Paper) -> tuple[str, ...]:
    """What stays keeps its place, for the first one gives the card its colour; what is new follows."""
    before = [item.name for item in paper.classifications]
    return tuple(sorted(names, key=lambda name: before.index(name) if name in before else len(before)))

"""What is kept of a person and of a server, with the buttons that delete it."""

from collections.abc import Iterator, Sequence

from cogs.cards import buttons
from cogs.cards.text import count_of, fit, joined
from papers.models import Payload
from papers.ports.privacy import KeptOfGuild, KeptOfPerson

DANGER = 4
"""Discord's style of a button that destroys something."""

PERSON, GUILD = "person", "guild"

_QUERIES_LIMIT = 2_000
_QUERY_LIMIT = 300
_OWN_LEFT = "What you set up in servers belongs to them and goes on, without your id; people with Manage Server can delete it."


def overview(
    person: KeptOfPerson, person_id: int, guild: KeptOfGuild | None = None, guild_id: int | None = None
) -> Payload:
    """What is kept of a person, and of their server where they may manage it; with a button for each to delete it."""
    embeds = [_embed("Kept of you", [*_of_person(person)])]
    choices = [_offer(PERSON, person_id, "Delete what is kept of me")] if person != KeptOfPerson() else []
    if guild is not None and guild_id is not None:
        embeds.append(_embed("Kept of this server", [*_of_guild(guild)]))
        if guild != KeptOfGuild():
            choices.append(_offer(GUILD, guild_id, "Delete what is kept of this server"))
    return buttons.message(embeds, *([buttons.row(*choices)] if choices else []))


def question(whose: str, of_whom: int) -> Payload:
    """Asks once more, before all that is kept of a person or a server is deleted."""
    if whose == PERSON:
        text = (
            "Your subscriptions in direct messages end, and they, what was sent to you, your drafts, and your id "
            f"wherever it stands are deleted. {_OWN_LEFT}"
        )
    else:
        text = (
            "Every subscription of this server ends, and they, the record of what was posted, all corrections and "
            "drafts are deleted. Messages that were posted stay in their channels, and are edited no more."
        )
    yes = buttons.button(f"forget:{whose}:{of_whom}", "Delete for good", style=DANGER)
    no = buttons.button("privacy", "Keep it")
    return buttons.message([_embed("This cannot be taken back", [text], mark="")], buttons.row(yes, no))


def forgotten(whose: str) -> Payload:
    """Says that it is done."""
    text = (
        f"Your id stands nowhere any more. {_OWN_LEFT}"
        if whose == PERSON
        else "Nothing is kept of this server any more."
    )
    return buttons.message([_embed("Deleted", [text], mark="")])


def _embed(title: str, lines: Sequence[str], *, mark: str = "• ") -> buttons.Embed:
    text = "\n".join(f"{mark}{line}" for line in lines)
    return {"title": title, "description": text or "Nothing."}


def _offer(whose: str, of_whom: int, label: str) -> buttons.Component:
    return buttons.button(f"privacy:{whose}:{of_whom}", label)


def _of_person(kept: KeptOfPerson) -> Iterator[str]:
    if kept.direct:
        queries = joined(
            [f"**{fit(query, _QUERY_LIMIT) or 'all papers'}**" for query in kept.direct], ", ", _QUERIES_LIMIT
        )
        yield f"{count_of(len(kept.direct), 'subscription')} in your direct messages: {queries}"
    if kept.messages:
        yield f"a record of {count_of(kept.messages, 'message')} to you, so that nothing comes twice"
    if kept.made:
        yield f"{count_of(kept.made, 'subscription')} in servers that you made"
    if kept.corrections:
        yield f"{count_of(kept.corrections, 'correction')} of classifications that you made in servers"
    if kept.drafts:
        yield f"{count_of(kept.drafts, 'draft')} of subscriptions, which go after a day anyway"


def _of_guild(kept: KeptOfGuild) -> Iterator[str]:
    if kept.subscriptions:
        yield count_of(kept.subscriptions, "subscription")
    if kept.places:
        yield f"{count_of(kept.places, 'channel')} that papers go or went to"
    if kept.messages:
        yield f"a record of {count_of(kept.messages, 'posted message')}, so that nothing comes twice"
    if kept.corrections:
        yield f"{count_of(kept.corrections, 'correction')} of classifications"
    if kept.drafts:
        yield f"{count_of(kept.drafts, 'draft')} of subscriptions"

"""Drafts of subscriptions, kept and shown with what they would bring."""

from collections.abc import Sequence

from cogs.cards import subscriptions as cards
from cogs.desk import Desk, Interaction, desk_of
from cogs.subscribing.places import Place, hold_to, look_at, warnings
from papers.models import Destination, Draft, Payload, Preferences, Subscription
from papers.query import parse

ENGLISH_ONLY = "Bullets stay in English until the operator of this bot sets up a language model."


async def preview(interaction: Interaction, draft: Draft) -> Payload:
    """Looks at a draft's place, keeps the draft, and shows what it would bring.

    Raises:
        RequestError: the place is hidden from the bot, or does not allow what is wished for.
    """
    return await preview_at(interaction, draft, await look_at(interaction, draft.destination))


async def preview_at(interaction: Interaction, draft: Draft, found: Place | None) -> Payload:
    """The same, where the place was looked at already.

    Raises:
        RequestError: the place does not allow what is wished for.
    """
    hold_to(draft.preferences, draft.destination, found)
    desk = desk_of(interaction)
    shown = await desk.previews.preview(parse(draft.preferences.query), guild_id=draft.destination.guild_id)
    draft_id = await desk.subscriptions.save_draft(draft, at=desk.clock.now())
    known = await known_draft(desk, draft)
    return cards.preview(known, draft_id, shown, doubts(desk, known.preferences, found))


def draft_of(subscription: Subscription, person: int) -> Draft:
    """A draft that changes a subscription."""
    wanted = Preferences.model_validate(
        {name: getattr(subscription, name) for name in Preferences.model_fields}
    )
    return Draft(
        destination=subscription.destination,
        preferences=wanted,
        person=person,
        subscription_id=subscription.id,
    )


def draft_for(interaction: Interaction, destination: Destination, preferences: Preferences) -> Draft:
    """A draft of a new subscription by whoever asks."""
    return Draft(destination=destination, preferences=preferences, person=interaction.user.id)


def doubts(desk: Desk, preferences: Preferences, found: Place | None) -> Sequence[str]:
    """What will not be as wished for, as sentences."""
    told = warnings(preferences, found)
    if preferences.language is not None and not desk.languages:
        told.append(ENGLISH_ONLY)
    return told


async def known_draft(desk: Desk, draft: Draft) -> Draft:
    """The draft; where the place has that query already, the one that changes how it comes.

    What is kept is the draft itself: changed to another query or place, it leaves alone what was there.
    """
    if draft.subscription_id is not None:
        return draft
    there = await desk.subscriptions.of_destination(draft.destination)
    same = (one.id for one in there if one.query == draft.preferences.query)
    return draft.model_copy(update={"subscription_id": next(same, None)})

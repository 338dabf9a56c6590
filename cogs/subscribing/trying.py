"""The test card: the newest paper that answers a subscription, posted as its papers are, once and uncounted."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from cogs.cards.composer import CardComposer
from cogs.cards.subscription_words import described, place
from cogs.cards.text import fit, plain
from cogs.desk import Desk, Interaction, desk_of
from cogs.messages import as_message, note
from cogs.subscribing.places import look_at, missing_sentence
from papers.errors import NotFoundError, PublishError, RequestError
from papers.models import Batch, Kind, NewMessage, OutboxMessage, Paper, Payload, Subscription
from papers.query import parse

_MARK = "🧪 **Test card**: papers that answer **{}** will come like this one."
_NAME_LIMIT = 100


async def try_out(interaction: Interaction, subscription: Subscription) -> None:
    """Posts it, and says so to the person alone.

    Raises:
        RequestError: there is no such paper, or it cannot be posted; with what is missing for it.
    """
    await interaction.response.defer(ephemeral=True, thinking=True)
    desk = desk_of(interaction)
    messages = _messages(subscription, await _newest(desk, subscription), interaction.id)
    try:
        await _post(desk, subscription, messages)
    except PublishError as error:
        raise RequestError(await _why(interaction, subscription, error)) from error
    done = note(f"A test card stands in {place(subscription.destination)}. It counts as no delivery.")
    await interaction.edit_original_response(**as_message(done))


async def _newest(desk: Desk, subscription: Subscription) -> Paper:
    guild = subscription.destination.guild_id
    shown = await desk.previews.preview(parse(subscription.query), guild_id=guild)
    if not shown.newest:
        raise NotFoundError(
            f"No paper of the last {shown.days} days answers this subscription: there is nothing to show."
        )
    return shown.newest[0].seen_in(guild).in_language(subscription.language)


def _messages(subscription: Subscription, paper: Paper, test_id: int) -> list[NewMessage]:
    """The messages of the paper, the first one marked; they ping nobody and are published nowhere.

    They carry ids of their own, so that no delivery is ever taken for its test, nor the other way round.
    """
    elsewhere = subscription.destination.model_copy(update={"target_id": test_id})
    trial = subscription.model_copy(update={"destination": elsewhere, "role_id": None, "publish": False})
    first, *others = CardComposer().compose(Batch(subscription=trial, papers=(paper,)))
    mark = _MARK.format(described(subscription.query))
    return [first.model_copy(update={"payload": _marked(first, mark)}), *others]


def _marked(message: NewMessage, mark: str) -> Payload:
    body = cast("Mapping[str, Any]", message.payload)
    if message.kind is Kind.POST:
        name = fit(f"Test: {body['name']}", _NAME_LIMIT, shown=plain)
        return {**body, "name": name, "message": _with_line(body["message"], mark)}
    return _with_line(body, mark)


def _with_line(body: Mapping[str, Any], line: str) -> Payload:
    return {**body, "content": "\n".join(filter(None, (line, body.get("content"))))}


async def _post(desk: Desk, subscription: Subscription, messages: Sequence[NewMessage]) -> None:
    posted: dict[str, int] = {}
    now = desk.clock.now()
    for message in messages:
        posted[message.id] = await desk.publisher.publish(
            OutboxMessage(
                id=message.id,
                kind=message.kind,
                destination=subscription.destination,
                after_id=None if message.after is None else posted[message.after],
                payload=message.payload,
                attempts=1,
                uncertain=False,
                first_claimed_at=now,
                planned_at=now,
            )
        )


async def _why(interaction: Interaction, subscription: Subscription, error: PublishError) -> str:
    """What is missing there, where that can be seen; else what Discord said."""
    found = await look_at(interaction, subscription.destination)
    lacking = "" if found is None else missing_sentence(subscription, found)
    return f"The test card could not be posted. {lacking or error}"

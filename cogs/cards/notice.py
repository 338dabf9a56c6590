"""What people are told when the bot can post no longer where they subscribed."""

from collections.abc import Sequence

from cogs.cards import buttons
from cogs.cards.text import count_of, fit
from papers.models import Destination, DestinationKind, Payload, Style, Subscription
from papers.ports.privacy import NOBODY

NOTICE_ID = r"notice:[0-9a-f]+"
"""What the custom id of a notice's button looks like."""

_COLOUR = 0xB45309
_LONGEST_REASON = 300
_ALWAYS = ("View Channel", "Read Message History", "Embed Links")
_TO_POST = {
    Style.CARDS: ("Send Messages",),
    Style.DIGEST: ("Send Messages",),
    Style.THREAD: ("Send Messages", "Create Public Threads", "Send Messages in Threads"),
    Style.FORUM: ("Create Posts",),
}


def people_to_tell(subscriptions: Sequence[Subscription]) -> dict[Destination, list[Subscription]]:
    """The direct messages of those who subscribed, and what each of them made.

    Nobody is told of their direct messages themselves, nor in place of somebody who is forgotten.
    """
    made: dict[Destination, list[Subscription]] = {}
    for subscription in subscriptions:
        is_known = subscription.created_by != NOBODY
        if is_known and subscription.destination.kind is DestinationKind.CHANNEL:
            person = Destination(kind=DestinationKind.DIRECT, target_id=subscription.created_by)
            made.setdefault(person, []).append(subscription)
    return made


def notice(subscriptions: Sequence[Subscription], reason: str, outbox_id: str) -> Payload:
    """The message for somebody who made these subscriptions of one place.

    Args:
        subscriptions: at least one.
        reason: why nothing can be posted there, in a sentence.
        outbox_id: the one it carries.
    """
    place = f"<#{subscriptions[0].destination.target_id}>"
    kept = count_of(len(subscriptions), "subscription")
    verb = "keeps" if len(subscriptions) == 1 else "keep"
    text = (
        f"**I cannot post in {place} any more.** {fit(reason, _LONGEST_REASON)}\n\n"
        f"Your {kept} there {verb} all settings, and the papers wait. I try again now and then, and go on by"
        " myself as soon as I may.\n\n"
        f"**To repair it,** give me {_permissions(subscriptions)} in {place}. If it is gone for good,"
        " `/subscriptions` in the server moves or removes what was subscribed."
    )
    row = buttons.row(buttons.button(f"notice:{outbox_id}", "Got it"))
    return buttons.message([{"description": text, "color": _COLOUR}], row)


def _permissions(subscriptions: Sequence[Subscription]) -> str:
    """What Discord calls the permissions that are needed, as it lists them in a channel's settings."""
    needed = dict.fromkeys([*_ALWAYS, *(name for item in subscriptions for name in _TO_POST[item.style])])
    *names, last = needed
    return f"{', '.join(names)} and {last}"

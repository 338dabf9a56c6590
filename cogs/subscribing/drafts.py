"""The buttons under a preview: save, cancel, change a part."""

from datetime import date, datetime

from discord.utils import format_dt

from cogs.cards import subscriptions as cards
from cogs.cards.subscription_forms import form
from cogs.cards.text import count_of
from cogs.desk import Desk, Interaction, desk_of
from cogs.items import LastingButton
from cogs.messages import ask, note, replace
from cogs.subscribing.access import drafted
from cogs.subscribing.previews import ENGLISH_ONLY, known_draft
from papers.errors import NotFoundError
from papers.matching import matches
from papers.models import (
    Draft,
    NewSubscription,
    PaperKey,
    Payload,
    Rhythm,
    Schedule,
    Subscription,
    first_key,
    look_back_start,
)
from papers.query import parse
from papers.schedules import describe, opens

_DRAFT = r"(?P<draft>[A-Za-z0-9]{1,20})"


class SaveButton(LastingButton, template=rf"draft:save:{_DRAFT}"):
    """Saves what a preview shows."""

    async def answer(self, interaction: Interaction) -> None:
        """Saves it, forgets the draft, and says when papers come."""
        draft = await drafted(interaction, self.said["draft"])
        desk = desk_of(interaction)
        subscription, new = await _save(desk, draft)
        await desk.subscriptions.drop_draft(self.said["draft"])
        desk.post_now()
        await replace(interaction, await _confirmation(desk, subscription, new=new))


class CancelButton(LastingButton, template=rf"draft:cancel:{_DRAFT}"):
    """Forgets what a preview shows."""

    async def answer(self, interaction: Interaction) -> None:
        """Forgets it."""
        await drafted(interaction, self.said["draft"])
        await desk_of(interaction).subscriptions.drop_draft(self.said["draft"])
        await replace(interaction, note("Cancelled: nothing was saved."))


class FormButton(LastingButton, template=rf"draft:(?P<part>what|when|how|where):{_DRAFT}"):
    """Changes a part of what a preview shows."""

    async def answer(self, interaction: Interaction) -> None:
        """Opens the form for it."""
        draft = await drafted(interaction, self.said["draft"])
        await ask(interaction, form(self.said["part"], draft, self.said["draft"]))


async def next_start(desk: Desk) -> PaperKey:
    """The key from which papers are new: those of today on, and after the newest that is kept."""
    newest = await desk.papers.newest_key()
    return max(first_key(desk.clock.now().date()), (newest or 0) + 1)


def first_opening(schedule: Schedule, now: datetime) -> datetime | None:
    """When papers may go out for the first time; None for at once."""
    opening = opens(schedule, now)
    return opening if opening > now else None


async def _save(desk: Desk, draft: Draft) -> tuple[Subscription, bool]:
    draft, now = await known_draft(desk, draft), desk.clock.now()
    if draft.subscription_id is None:
        return await desk.subscriptions.add(
            NewSubscription(
                **dict(draft.preferences),
                destination=draft.destination,
                created_by=draft.person,
                created_at=now,
                start_key=await next_start(desk),
            )
        )
    changed = await desk.subscriptions.change(
        draft.subscription_id,
        draft.preferences,
        destination=draft.destination,
        next_at=first_opening(draft.preferences.schedule, now),
    )
    if changed is None:
        raise NotFoundError("This subscription is gone: use /subscribe to have one again.")
    return changed, False


async def _confirmation(desk: Desk, subscription: Subscription, *, new: bool) -> Payload:
    day, matching = await _newest_matching(desk, subscription) if new else (None, 0)
    also = f"The newest edition, of {day}, has {count_of(matching, 'such paper')}." if matching else ""
    english = ENGLISH_ONLY if subscription.language is not None and not desk.languages else ""
    return cards.saved(
        subscription,
        new=new,
        first=_first_papers(desk, subscription.schedule),
        also="\n".join(filter(None, (english, also))),
        matching=matching,
    )


def _first_papers(desk: Desk, schedule: Schedule) -> str:
    opening = first_opening(schedule, desk.clock.now())
    if schedule.rhythm is not Rhythm.ARRIVAL and opening is not None:
        return (
            f"Papers come {describe(schedule)}, next {format_dt(opening, 'f')} ({format_dt(opening, 'R')})."
        )
    look = desk.next_run()
    if look is None:
        return "The first papers come with the next run."
    return f"The first papers come when new ones arrive; I look next {format_dt(look, 'R')}."


async def _newest_matching(desk: Desk, subscription: Subscription) -> tuple[date | None, int]:
    day = await desk.papers.newest_day()
    if day is None or day < look_back_start(desk.clock.now()):
        return day, 0
    wanted, guild = parse(subscription.query), subscription.destination.guild_id
    return day, sum(matches(wanted, paper.seen_in(guild)) for paper in await desk.papers.edition(day))

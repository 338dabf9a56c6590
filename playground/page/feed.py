"""What waits to be told to one open page."""

import asyncio
from collections.abc import Callable
from enum import StrEnum

from playground.page.places import Places
from playground.requests import RequestRecord
from playground.world import Channel, ChannelType, Event

MOST_WAITING = 1_000
"""Of what happened; a page that is so far behind begins anew."""


class Sign(StrEnum):
    """What a page is told without saying what it is: it asks for it when it wants to see it."""

    PLACES = "places"
    OPERATOR = "operator"


Happening = Event | RequestRecord | Sign


class Feed:
    """What one person sees happen, in order."""

    def __init__(self, places: Places, behind: Callable[[], None]) -> None:
        """Makes an empty feed.

        Args:
            places: what the person sees.
            behind: called when more waits than a feed keeps.
        """
        self._places = places
        self._behind = behind
        self._queue: asyncio.Queue[Happening] = asyncio.Queue(MOST_WAITING)
        self._signs: set[Sign] = set()

    def hear(self, event: Event) -> None:
        """Takes what happened in the world, if the person sees it."""
        if not event.name.startswith("MESSAGE_"):
            if self._concerns(event):
                self.sign(Sign.PLACES)
        elif event.channel is not None and self._sees(event, event.channel):
            if event.channel.type is ChannelType.DM and len(event.channel.messages) == 1:
                self.sign(Sign.PLACES)
            self._put(event)

    def note(self, record: RequestRecord) -> None:
        """Takes a request to the API."""
        self._put(record)

    def sign(self, sign: Sign) -> None:
        """Takes a sign, unless the same waits already."""
        if sign not in self._signs:
            self._signs.add(sign)
            self._put(sign)

    async def next(self) -> Happening:
        """What comes next, when it is there."""
        happening = await self._queue.get()
        if isinstance(happening, Sign):
            self._signs.discard(happening)
        return happening

    def _concerns(self, event: Event) -> bool:
        guild = self._places.world.guilds.get(event.guild_id or 0)
        return guild is not None and self._places.viewer.id in guild.members

    def _sees(self, event: Event, channel: Channel) -> bool:
        viewer = self._places.viewer
        return event.only in {None, viewer.id} and self._places.people.sees(viewer, channel)

    def _put(self, happening: Happening) -> None:
        try:
            self._queue.put_nowait(happening)
        except asyncio.QueueFull:
            self._behind()

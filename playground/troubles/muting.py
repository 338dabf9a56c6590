"""Takes from bots the permission to write somewhere, and gives it back."""

from dataclasses import dataclass

from playground import permissions
from playground.errors import PlaygroundError
from playground.world import Application, Channel, World

WRITING = permissions.SEND_MESSAGES | permissions.SEND_MESSAGES_IN_THREADS


@dataclass(frozen=True)
class _Taken:
    """Whose permission was taken away where, and which of its bits were allowed and denied there before."""

    channel: Channel
    bot_id: int
    allowed: int
    denied: int


class Muting:
    """Where bots may not write for a while."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._taken: list[_Taken] = []

    def closed(self) -> list[Channel]:
        """The channels where somebody may not, each once."""
        return [*{taken.channel.id: taken.channel for taken in self._taken}.values()]

    def take_away(self, channel: Channel, application: Application | None) -> None:
        """Takes it from a bot, or from every bot of the server (None); from a thread, in the whole channel.

        Raises:
            PlaygroundError: no bot is there, or one is an administrator.
        """
        place = channel if channel.parent_id is None else self._world.channel(channel.parent_id)
        guild = self._world.guild(place.guild_id or 0)
        asked = self._world.applications.values() if application is None else [application]
        bots = [bot.user for bot in asked if bot.id in guild.members]
        if not bots:
            raise PlaygroundError(f"There is no bot in {guild.name} to take a permission from.")
        for bot in bots:
            if permissions.in_guild(guild, bot.id) == permissions.ALL:
                raise PlaygroundError(f"{bot.name} is an administrator, who may write everywhere.")
        for bot in bots:
            self._take(place, bot.id)

    def give_back(self) -> None:
        """Makes it as it was, wherever it was taken."""
        for taken in self._taken:
            if taken.channel.id in self._world.channels:
                allow, deny = taken.channel.overwrites.get(taken.bot_id, (0, 0))
                allow, deny = allow & ~WRITING | taken.allowed, deny & ~WRITING | taken.denied
                self._world.set_overwrite(taken.channel, taken.bot_id, allow, deny)
        self._taken.clear()

    def _take(self, place: Channel, bot_id: int) -> None:
        if not any(taken.channel is place and taken.bot_id == bot_id for taken in self._taken):
            allow, deny = place.overwrites.get(bot_id, (0, 0))
            self._taken.append(_Taken(place, bot_id, allow & WRITING, deny & WRITING))
            self._world.set_overwrite(place, bot_id, allow & ~WRITING, deny | WRITING)

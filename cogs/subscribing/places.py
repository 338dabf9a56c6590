"""Where papers may be posted: what kind of channel it is, and what the bot may do there."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

import discord

from cogs.cards.subscription_words import place
from cogs.desk import Interaction
from papers.errors import RequestError
from papers.models import Destination, DestinationKind, Preferences, Style

_HIDDEN = "I cannot see {}: give me View Channel and Send Messages there."


@dataclass(frozen=True)
class Place:
    """A channel, thread or forum of a server as the bot finds it.

    Attributes:
        kind: what it is.
        permissions: what the bot may do there.
        mentionable: the server's roles by id, each with whether anybody may ping it.
    """

    destination: Destination
    kind: discord.ChannelType
    permissions: discord.Permissions
    mentionable: dict[int, bool]

    @property
    def is_thread(self) -> bool:
        """Whether it is a thread."""
        return self.kind in _THREADS


_THREADS = {
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
    discord.ChannelType.news_thread,
}


def direct_messages(user_id: int) -> Destination:
    """A person's direct messages."""
    return Destination(kind=DestinationKind.DIRECT, target_id=user_id)


async def look_at(interaction: Interaction, destination: Destination) -> Place | None:
    """The place as it is now; None for direct messages. It asks Discord: there is no cache to look in.

    Raises:
        RequestError: the bot does not see it, or it is no place of the server.
    """
    if destination.guild_id is None:
        return None
    client, target = interaction.client, destination.target_id
    try:
        guild = await client.fetch_guild(destination.guild_id, with_counts=False)
        me, channel = await asyncio.gather(guild.fetch_member(client.user.id), guild.fetch_channel(target))
        holder = (
            await guild.fetch_channel(channel.parent_id) if isinstance(channel, discord.Thread) else channel
        )
    except (discord.Forbidden, discord.NotFound, discord.InvalidData) as error:
        raise RequestError(_HIDDEN.format(place(destination))) from error
    assert not isinstance(holder, discord.Thread)  # noqa: S101 - a thread's parent is a channel
    return Place(
        destination=destination,
        kind=channel.type,
        permissions=holder.permissions_for(me),
        mentionable={role.id: role.mentionable for role in guild.roles},
    )


def fitted(preferences: Preferences, found: Place | None) -> Preferences:
    """Preferences for another place: forums take posts, and what a place does not allow falls back to cards."""
    changes: dict[str, object] = {}
    if found is not None and found.kind is discord.ChannelType.forum:
        changes["style"] = Style.FORUM
    elif preferences.style is Style.FORUM or (
        preferences.style is Style.THREAD and not _starts_threads(found)
    ):
        changes["style"] = Style.CARDS
    if found is None or found.kind is not discord.ChannelType.news:
        changes["publish"] = False
    return preferences.model_copy(update=changes)


def hold_to(preferences: Preferences, destination: Destination, found: Place | None) -> None:
    """Refuses what a place does not allow at all.

    Raises:
        RequestError: naming the first of it, and what to choose instead.
    """
    for problem in _problems(preferences, destination, found):
        raise RequestError(problem)


def warnings(preferences: Preferences, found: Place | None) -> list[str]:
    """What the bot lacks in a place for these preferences, as sentences."""
    if found is None:
        return []
    told = []
    if lacking := missing_sentence(preferences, found):
        told.append(f"{lacking} Papers wait until then.")
    role = preferences.role_id
    if role is not None and not (found.mentionable.get(role) or found.permissions.mention_everyone):
        told.append(
            f"<@&{role}> will not be pinged until it may be mentioned by anyone,"
            " or I have the permission Mention Everyone."
        )
    return told


def missing_sentence(preferences: Preferences, found: Place) -> str:
    """Which permissions the bot lacks in a place for these preferences; empty where it lacks none."""
    needed = _needed(preferences, found)
    lacking = [_spoken(name) for name in needed if not getattr(found.permissions, name)]
    return f"Give me {_named(lacking)} in {place(found.destination)}." if lacking else ""


def _needed(preferences: Preferences, found: Place) -> Iterator[str]:
    yield "view_channel"
    yield "send_messages_in_threads" if found.is_thread else "send_messages"
    if found.permissions.send_messages:  # without it, Discord counts this one as lacking too
        yield "embed_links"
    yield "read_message_history"
    if preferences.style is Style.THREAD:
        yield "create_public_threads"
    if preferences.style in {Style.THREAD, Style.FORUM} and not found.is_thread:
        yield "send_messages_in_threads"


def _problems(preferences: Preferences, destination: Destination, found: Place | None) -> Iterator[str]:
    where = place(destination)
    if found is not None and found.kind is discord.ChannelType.forum:
        if preferences.style is not Style.FORUM:
            yield f"{where} is a forum, where papers come as posts: choose “forum” as how."
    elif preferences.style is Style.FORUM:
        yield f"Posts need a forum, and {where} is none: choose a forum channel, or another way than “forum”."
    if preferences.style is Style.THREAD and not _starts_threads(found):
        yield f"No thread can be started in {where}: choose “cards” or “digest”, or a channel."
    yield from _problems_of_servers(preferences, destination, found)


def _problems_of_servers(
    preferences: Preferences, destination: Destination, found: Place | None
) -> Iterator[str]:
    if preferences.role_id is not None and destination.guild_id is None:
        yield "Roles are pinged in servers alone: leave the role out."
    if preferences.role_id is not None and preferences.role_id == destination.guild_id:
        yield "I never ping everyone: choose another role, or none."
    if preferences.publish and (found is None or found.kind is not discord.ChannelType.news):
        yield f"Only what stands in an announcement channel is published, and {place(destination)} is none."


def _starts_threads(found: Place | None) -> bool:
    return found is not None and found.kind in {discord.ChannelType.text, discord.ChannelType.news}


def _spoken(permission: str) -> str:
    return permission.replace("_", " ").title().replace(" In ", " in ")


def _named(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"

"""The commands that a place offers, and why somebody may not use one."""

from typing import Any

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground import permissions
from playground.errors import PlaygroundError
from playground.interactions.commands import offered
from playground.permission_names import names
from playground.world import Channel, User
from support.discord_bot import Bot
from support.discord_town import Town


def offers(town: Town, user: User, channel: Channel) -> dict[str, str | None]:
    found = offered(town.playground.world, user, channel)
    return {offer.command["name"]: offer.refusal for offer in found}


async def register(bot: Bot, *commands: dict[str, Any], guild: int | None = None) -> None:
    scope = f"/applications/{bot.town.bot.id}" + (f"/guilds/{guild}" if guild else "") + "/commands"
    body = [{"name": "x", "description": "Does it", **command} for command in commands]
    assert (await bot.rest.ask("PUT", scope, body)).status == 200


async def test_every_command_is_offered_with_what_refuses_it(town: Town, bot: Bot) -> None:
    await register(
        bot,
        {"name": "everybody"},
        {"name": "managers", "default_member_permissions": 1 << 5 | 1 << 28},
        {"name": "nobody", "default_member_permissions": 0},
        {"name": "letters", "contexts": [1]},
        {"name": "mine", "integration_types": [1], "contexts": [0, 1, 2]},
    )
    assert offers(town, town.member, town.channel) == {
        "everybody": None,
        "managers": "needs Manage Server, Manage Roles",
        "nobody": "only administrators may use it",
        "letters": "it is not offered in this kind of place",
        "mine": "Paperboy is not installed for mika here",
    }
    assert offers(town, town.owner, town.channel)["managers"] is None
    town.member.installed.add(town.bot.id)
    assert offers(town, town.member, town.channel)["mine"] is None
    letters = town.playground.world.direct_channel(town.member, town.bot.user)
    assert {name for name, refusal in offers(town, town.member, letters).items() if refusal} == set()


async def test_a_role_with_a_channels_overwrite_may_be_enough(town: Town, bot: Bot) -> None:
    await register(bot, {"name": "managers", "default_member_permissions": permissions.MANAGE_GUILD})
    town.playground.world.set_overwrite(town.channel, town.member.id, permissions.MANAGE_GUILD, 0)
    assert offers(town, town.member, town.channel) == {"managers": None}


async def test_a_servers_own_command_hides_the_one_everywhere_and_menus_are_left_out(
    town: Town, bot: Bot
) -> None:
    await register(bot, {"name": "both", "description": "everywhere"}, {"name": "other"})
    await register(
        bot,
        {"name": "both", "description": "here"},
        {"name": "Menu", "type": 3, "description": ""},
        guild=town.guild.id,
    )
    found = [*offered(town.playground.world, town.member, town.channel)]
    assert [(offer.command["name"], offer.command["description"]) for offer in found] == [
        ("both", "here"),
        ("other", "Does it"),
    ]
    assert {offer.application.id for offer in found} == {town.bot.id}


async def test_who_uses_a_refused_command_is_told_the_same(town: Town, bot: Bot) -> None:
    await register(bot, {"name": "managers", "default_member_permissions": 32})
    with pytest.raises(PlaygroundError, match="/managers: needs Manage Server"):
        await town.playground.slash(town.member, town.channel, "managers")


@given(st.sets(st.integers(0, 60)))
def test_each_missing_permission_is_named_once(bits: set[int]) -> None:
    named = names(sum(1 << bit for bit in bits))
    assert len(named) == len({*named}) == len(bits)


def test_every_permission_that_discord_py_knows_has_a_name_of_its_own() -> None:
    known = {name: bit.bit_length() - 1 for name, bit in discord.Permissions.VALID_FLAGS.items()}
    for name, bit in known.items():
        assert names(1 << bit) != [f"permission {bit}"], name
    assert names(discord.Permissions(manage_guild=True, view_channel=True, send_messages=True).value) == [
        "Manage Server",
        "View Channels",
        "Send Messages",
    ]

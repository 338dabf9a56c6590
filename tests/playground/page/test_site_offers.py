"""Which commands the page offers where."""

from typing import Any

from playground import permissions
from playground.world import ChannelType
from support.discord_bot import Bot
from support.discord_rest import Rest
from support.discord_town import Town
from support.playground_page import Page

DEEP: dict[str, Any] = {
    "name": "admin",
    "description": "Things",
    "options": [
        {
            "type": 2,
            "name": "users",
            "description": "Users",
            "options": [
                {"type": 1, "name": "ban", "description": "Bans"},
                {
                    "type": 1,
                    "name": "whom",
                    "description": "Asks",
                    "options": [{"type": 9, "name": "it", "description": "It"}],
                },
            ],
        },
        {"type": 1, "name": "list", "description": "Lists"},
    ],
}


async def offered(page: Page, town: Town) -> dict[str, dict[str, Any]]:
    told = await page.get("commands", channel=str(town.channel.id))
    return {command["name"]: command for command in told.body["commands"]}


async def test_sub_commands_are_commands_with_longer_names(bot: Bot, page: Page, town: Town) -> None:
    found = await offered(page, town)
    assert [*found] == ["papers", "feed add"]
    assert found["feed add"] == {
        "application": {"id": str(bot.town.bot.id), "name": "Paperboy"},
        "name": "feed add",
        "description": "Adds",
        "options": [
            {
                "name": "name",
                "description": "Its name",
                "type": 3,
                "required": True,
                "autocomplete": False,
                "choices": [],
                "min_value": None,
                "max_value": None,
                "min_length": None,
                "max_length": None,
            }
        ],
    }


async def test_an_option_says_what_it_takes(bot: Bot, page: Page) -> None:
    found = await offered(page, bot.town)
    options = {option["name"]: option for option in found["papers"]["options"]}
    assert options["tag"]["autocomplete"] is True
    assert (options["page"]["min_value"], options["page"]["max_value"]) == (1, 9)
    assert options["sort"]["choices"] == [{"name": "New", "value": "new"}]


async def test_what_can_be_named_is_what_is_there(bot: Bot, page: Page, town: Town) -> None:
    world = town.playground.world
    hidden = world.add_channel(town.guild, "hidden")
    hidden.overwrites[town.guild.id] = (0, permissions.VIEW_CHANNEL)
    world.add_channel(town.guild, "news", ChannelType.ANNOUNCEMENT)
    role = world.add_role(town.guild, "readers", 0)
    world.add_user("elsewhere")
    options = {
        option["name"]: option["choices"] for option in (await offered(page, bot.town))["papers"]["options"]
    }
    assert options["who"] == [
        {"name": "@olga", "value": str(town.owner.id)},
        {"name": "@mika", "value": str(town.member.id)},
        {"name": "@Paperboy", "value": str(town.bot.id)},
    ]
    assert options["where"] == [{"name": "#papers", "value": str(town.channel.id)}]
    assert options["role"] == [
        {"name": "@everyone", "value": str(town.guild.id)},
        {"name": "@readers", "value": str(role.id)},
    ]


async def test_groups_go_two_deep_and_both_kinds_can_be_named(town: Town, rest: Rest, page: Page) -> None:
    await rest.ask("PUT", f"/applications/{town.bot.id}/commands", [DEEP])
    found = await offered(page, town)
    assert [*found] == ["admin users ban", "admin users whom", "admin list"]
    assert [choice["name"] for choice in found["admin users whom"]["options"][0]["choices"]] == [
        "@olga",
        "@mika",
        "@Paperboy",
        "@everyone",
    ]


async def test_who_may_not_use_a_command_is_told_why(town: Town, rest: Rest, page: Page) -> None:
    needed = DEEP | {"default_member_permissions": permissions.MANAGE_GUILD}
    await rest.ask("PUT", f"/applications/{town.bot.id}/commands", [needed])
    told = await page.get("commands", channel=str(town.channel.id))
    assert told.body == {"commands": [], "refused": [{"name": "admin", "reason": "needs Manage Server"}]}
    assert [*await offered(page.seen_by(town.owner), town)] == [
        "admin users ban",
        "admin users whom",
        "admin list",
    ]
    used = await page.post(
        "slash", channel=str(town.channel.id), application=str(town.bot.id), name="admin list", options={}
    )
    assert (used.status, used.message) == (403, "/admin list: needs Manage Server.")


async def test_in_direct_messages_there_are_two(bot: Bot, page: Page) -> None:
    direct = (await page.post("direct", user=str(bot.town.bot.id))).body["channel"]
    told = await page.get("commands", channel=direct)
    options = {option["name"]: option["choices"] for option in told.body["commands"][0]["options"]}
    assert {choice["name"] for choice in options["who"]} == {"@mika", "@Paperboy"}
    assert options["where"] == options["role"] == []


async def test_commands_are_some_channels(page: Page) -> None:
    assert (await page.get("commands")).message == "channel must be an id, not ''."
    assert (await page.get("commands", channel="5")).status == 404

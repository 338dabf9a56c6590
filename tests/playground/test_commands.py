"""Registering commands over the wire, and who may use them."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground import permissions
from playground.errors import ApiError, PlaygroundError
from playground.forms.base import read
from playground.forms.commands import Command
from playground.interactions import commands
from playground.world import Channel, User
from support.discord_rest import Rest
from support.discord_town import Town


def command(name: str = "papers", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {"name": name, "description": "Papers"} | more


def option(name: str = "tag", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {"type": 3, "name": name, "description": "A tag"} | more


def choices(many: int) -> list[dict[str, str]]:
    return [{"name": f"{number}", "value": f"{number}"} for number in range(many)]


def path(town: Town, *, in_guild: bool = False) -> str:
    scope = f"/guilds/{town.guild.id}" if in_guild else ""
    return f"/applications/{town.bot.id}{scope}/commands"


@pytest.mark.parametrize("in_guild", [False, True])
async def test_commands_are_overwritten_upserted_listed_and_removed(
    town: Town, rest: Rest, *, in_guild: bool
) -> None:
    where = path(town, in_guild=in_guild)
    first = (await rest.ask("PUT", where, [command("one"), command("two")])).body
    second = (await rest.ask("PUT", where, [command("two"), command("three")])).body
    assert first[1]["id"] == second[0]["id"]
    assert ("guild_id" in second[0]) is in_guild
    again, new = await rest.post(where, command("three")), await rest.post(where, command("four"))
    assert (again.status, new.status) == (200, 201)
    assert again.body["id"] == second[1]["id"]
    assert (await rest.delete(f"{where}/{new.body['id']}")).status == 204
    assert (await rest.delete(f"{where}/{new.body['id']}")).code == 10063
    assert [each["name"] for each in (await rest.get(where)).body] == ["two", "three"]


@pytest.mark.parametrize("in_guild", [False, True])
async def test_one_command_is_looked_at_and_changed(town: Town, rest: Rest, *, in_guild: bool) -> None:
    where = path(town, in_guild=in_guild)
    made = (await rest.post(where, command("one", options=[option()]))).body
    await rest.post(where, command("two"))
    one = f"{where}/{made['id']}"
    changed = (await rest.patch(one, {"description": "Other papers"})).body
    assert (changed["id"], changed["name"], changed["options"]) == (made["id"], "one", made["options"])
    assert changed["description"] == "Other papers"
    assert changed["version"] != made["version"]
    assert (await rest.get(one)).body == changed
    assert (await rest.patch(one, {"name": "two"})).flaw("name") == "APPLICATION_COMMANDS_DUPLICATE_NAME"
    assert [each["name"] for each in (await rest.get(where)).body] == ["one", "two"]
    assert (await rest.get(f"{where}/5")).code == (await rest.patch(f"{where}/5", {})).code == 10063


async def test_commands_of_others_are_none_of_ones_business(town: Town, rest: Rest) -> None:
    other = town.playground.world.add_application("Other", "other.token")
    assert (await rest.get(f"/applications/{other.id}/commands")).code == 50001
    elsewhere = town.playground.world.add_guild("Elsewhere", town.owner, permissions.MEMBER)
    assert (await rest.get(f"/applications/{town.bot.id}/guilds/{elsewhere.id}/commands")).code == 50001


WITHIN = [
    command("x" * 32, description="x" * 100),
    command(options=[option(f"o{number}") for number in range(25)]),
    command(options=[option(choices=choices(25))]),
    command(options=[option(choices=[{"name": "x" * 100, "value": "x" * 100}])]),
    command(options=[option("a", required=True), option("b")]),
    command(options=[{"type": 1, "name": "add", "description": "Adds", "options": [option()]}]),
    {"type": 2, "name": "Show Papers"},
]

BEYOND: list[tuple[dict[str, Any], tuple[str | int, ...], str]] = [
    (command("x" * 33), (0, "name"), "BASE_TYPE_MAX_LENGTH"),
    (command("Papers"), (0, "name"), "APPLICATION_COMMAND_INVALID_NAME"),
    (command("two words"), (0, "name"), "APPLICATION_COMMAND_INVALID_NAME"),
    (command(description="x" * 101), (0, "description"), "BASE_TYPE_MAX_LENGTH"),
    (command(description=""), (0, "description"), "BASE_TYPE_REQUIRED"),
    (command(options=[option(f"o{number}") for number in range(26)]), (0, "options"), "BASE_TYPE_MAX_LENGTH"),
    (command(options=[option(choices=choices(26))]), (0, "options", 0, "choices"), "BASE_TYPE_MAX_LENGTH"),
    (
        command(options=[option(choices=[{"name": "x", "value": "x" * 101}])]),
        (0, "options", 0, "choices", 0, "value"),
        "BASE_TYPE_MAX_LENGTH",
    ),
    (
        command(options=[option(choices=[{"name": "x" * 101, "value": "x"}])]),
        (0, "options", 0, "choices", 0, "name"),
        "BASE_TYPE_MAX_LENGTH",
    ),
    (
        command(options=[option("a"), option("b", required=True)]),
        (0, "options", 1),
        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
    ),
    (
        command(options=[option("a"), option("a")]),
        (0, "options", 1),
        "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED",
    ),
    (
        command(options=[option(autocomplete=True, choices=choices(1))]),
        (0, "options", 0, "choices"),
        "APPLICATION_COMMAND_OPTIONS_CHOICES_AND_AUTOCOMPLETE",
    ),
    (
        command(options=[{"type": 1, "name": "add", "description": "", "options": [option()]}]),
        (0, "options", 0, "description"),
        "BASE_TYPE_REQUIRED",
    ),
    (
        {"type": 2, "name": "Show", "description": "x"},
        (0, "description"),
        "APPLICATION_COMMAND_DESCRIPTION_CANNOT_BE_SET",
    ),
    (
        command(
            options=[
                option(f"o{number}", choices=[{"name": "x" * 100, "value": "y" * 100}] * 10)
                for number in range(4)
            ]
        ),
        (0,),
        "APPLICATION_COMMAND_TOO_LARGE",
    ),
    (command(contexts=[]), (0, "contexts"), "BASE_TYPE_MIN_LENGTH"),
]


@pytest.mark.parametrize("body", WITHIN)
async def test_what_is_within_the_limits_is_registered(town: Town, rest: Rest, body: dict[str, Any]) -> None:
    assert (await rest.ask("PUT", path(town), [body])).status == 200


@pytest.mark.malformed
@pytest.mark.parametrize(("body", "place", "code"), BEYOND)
async def test_what_is_beyond_is_refused_and_changes_nothing(
    town: Town, rest: Rest, body: dict[str, Any], place: tuple[str | int, ...], code: str
) -> None:
    answer = await rest.ask("PUT", path(town), [body])
    assert (answer.status, answer.code, answer.flaw(*place)) == (400, 50035, code)
    assert town.bot.commands == {}


@pytest.mark.malformed
async def test_a_hundred_commands_of_different_names(town: Town, rest: Rest) -> None:
    many = [command(f"c{number}") for number in range(101)]
    assert (await rest.ask("PUT", path(town), many[:100])).status == 200
    assert (await rest.ask("PUT", path(town), many)).flaw() == "BASE_TYPE_MAX_LENGTH"
    same = await rest.ask("PUT", path(town), [command(), command()])
    assert same.flaw(1) == "APPLICATION_COMMANDS_DUPLICATE_NAME"
    assert (await rest.ask("PUT", path(town), {"name": "no list"})).flaw() == "LIST_TYPE_CONVERT"


def outcome(body: object) -> int:
    try:
        read(Command, body)
    except ApiError as refusal:
        return refusal.code
    return 0


@given(name=st.text("aé漢_-Z ", max_size=40), description=st.text(max_size=110), many=st.integers(0, 30))
@settings(max_examples=200, deadline=None)
def test_a_command_is_taken_exactly_when_its_texts_fit(name: str, description: str, many: int) -> None:
    body = command(name, description=description, options=[option(f"o{number}") for number in range(many)])
    fits = 1 <= len(name) <= 32 and not {"Z", " "} & {*name} and 1 <= len(description) <= 100 and many <= 25
    assert outcome(body) == (0 if fits else 50035)


@pytest.fixture
async def registered(town: Town, rest: Rest) -> Town:
    bodies = [
        command("everywhere"),
        command("here", contexts=[0]),
        command("alone", contexts=[1, 2]),
        command("managers", default_member_permissions=permissions.MANAGE_GUILD),
        command("admins", default_member_permissions=0),
        command("mine", integration_types=[1]),
        command("ours", integration_types=[0]),
    ]
    assert (await rest.ask("PUT", path(town), bodies)).status == 200
    return town


def usable(town: Town, user: User, channel: Channel) -> set[str]:
    found = set()
    for name in ("everywhere", "here", "alone", "managers", "admins", "mine", "ours"):
        try:
            commands.find(town.playground.world, user, channel, name)
        except PlaygroundError:
            continue
        found.add(name)
    return found


async def test_who_may_use_what_where(registered: Town) -> None:
    town, world = registered, registered.playground.world
    assert usable(town, town.owner, town.channel) == {"everywhere", "here", "managers", "admins", "ours"}
    assert usable(town, town.member, town.channel) == {"everywhere", "here", "ours"}
    manager = world.add_user("mona")
    world.join(town.guild, manager, world.add_role(town.guild, "managers", permissions.MANAGE_GUILD))
    assert usable(town, manager, town.channel) == {"everywhere", "here", "managers", "ours"}
    with_bot = world.direct_channel(town.member, town.bot.user)
    assert usable(town, town.member, with_bot) == {"everywhere", "alone", "managers", "admins", "ours"}


async def test_what_somebody_installed_for_themselves(registered: Town) -> None:
    town, world = registered, registered.playground.world
    stranger, friend = world.add_user("sam"), world.add_user("fay")
    between = world.direct_channel(stranger, friend)
    elsewhere = world.add_guild("Elsewhere", stranger, permissions.MEMBER)
    channel = world.add_channel(elsewhere, "general")
    assert usable(town, stranger, between) == usable(town, stranger, channel) == set()
    stranger.installed.add(town.bot.id)
    assert usable(town, stranger, between) == {"everywhere", "alone", "managers", "admins", "mine"}
    assert usable(town, stranger, channel) == {"everywhere", "here", "managers", "admins", "mine"}
    assert usable(town, friend, between) == set()


async def test_a_servers_own_command_hides_the_one_of_everywhere(registered: Town, rest: Rest) -> None:
    await rest.post(path(registered, in_guild=True), command("everywhere", description="Ours"))
    _, found = commands.find(registered.playground.world, registered.member, registered.channel, "everywhere")
    assert found["description"] == "Ours"


async def test_a_name_that_two_bots_have(registered: Town) -> None:
    world = registered.playground.world
    other = world.add_application("Other", "other.token")
    world.join(registered.guild, other.user)
    other.commands = registered.bot.commands
    asked = world, registered.member, registered.channel, "everywhere"
    with pytest.raises(PlaygroundError, match="Paperboy, Other"):
        commands.find(*asked)
    assert commands.find(*asked, other)[0] is other

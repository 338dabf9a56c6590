"""The bot itself and its servers over the wire; permissions and ids."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground import permissions
from playground.server import Playground
from playground.snowflakes import Snowflakes, moment
from support.discord_rest import Rest
from support.discord_town import DAY, Town, inhabited


async def test_who_the_bot_is(town: Town, rest: Rest) -> None:
    assert (await rest.get("/users/@me")).body["username"] == "Paperboy"
    application = (await rest.get("/oauth2/applications/@me")).body
    assert (application["id"], application["bot"]["bot"]) == (str(town.bot.id), True)


async def test_a_server_and_what_is_in_it(town: Town, rest: Rest) -> None:
    role = town.playground.world.add_role(town.guild, "readers", permissions.MANAGE_GUILD)
    town.guild.members[town.bot.id].roles.append(role.id)
    hidden = town.playground.world.add_channel(town.guild, "hidden")
    hidden.overwrites[role.id] = (0, permissions.VIEW_CHANNEL)
    path = f"/guilds/{town.guild.id}"
    assert (await rest.get(path)).body["name"] == "Reading group"
    roles = {each["name"]: each["permissions"] for each in (await rest.get(f"{path}/roles")).body}
    assert roles == {"@everyone": str(permissions.MEMBER), "readers": str(permissions.MANAGE_GUILD)}
    assert [each["name"] for each in (await rest.get(f"{path}/channels")).body] == ["papers"]
    member = (await rest.get(f"{path}/members/{town.bot.id}")).body
    assert (member["user"]["id"], member["roles"]) == (str(town.bot.id), [str(role.id)])


async def test_servers_and_members_there_are_not(town: Town, rest: Rest) -> None:
    elsewhere = town.playground.world.add_guild("Elsewhere", town.owner, permissions.MEMBER)
    assert (await rest.get(f"/guilds/{elsewhere.id}")).code == 50001
    assert (await rest.get("/guilds/5")).code == 10004
    assert (await rest.get(f"/guilds/{town.guild.id}/members/5")).code == 10007
    assert (await rest.post("/users/@me/channels", {"recipient_id": "5"})).code == 10013


@pytest.mark.parametrize(
    ("overwrites", "sees"),
    [
        ({}, True),
        ({"everybody": (0, permissions.VIEW_CHANNEL)}, False),
        ({"everybody": (0, permissions.VIEW_CHANNEL), "role": (permissions.VIEW_CHANNEL, 0)}, True),
        ({"role": (permissions.VIEW_CHANNEL, 0), "member": (0, permissions.VIEW_CHANNEL)}, False),
        ({"role": (0, permissions.VIEW_CHANNEL), "member": (permissions.VIEW_CHANNEL, 0)}, True),
        ({"role": (permissions.VIEW_CHANNEL, 0), "other": (0, permissions.VIEW_CHANNEL)}, True),
        ({"role": (0, permissions.VIEW_CHANNEL), "other": (permissions.VIEW_CHANNEL, 0)}, True),
    ],
)
async def test_the_closer_rule_wins(
    town: Town, overwrites: dict[str, tuple[int, int]], *, sees: bool
) -> None:
    role, other = [town.playground.world.add_role(town.guild, name, 0) for name in ("role", "other")]
    town.guild.members[town.member.id].roles += [role.id, other.id]
    targets = {
        "everybody": town.guild.id,
        "role": role.id,
        "other": other.id,
        "member": town.member.id,
    }
    town.channel.overwrites |= {targets[name]: change for name, change in overwrites.items()}
    assert permissions.may(town.guild, town.channel, town.member.id, permissions.VIEW_CHANNEL) is sees


async def test_administrators_and_owners_may_everything(town: Town) -> None:
    town.channel.overwrites[town.guild.id] = (0, permissions.VIEW_CHANNEL)
    admin = town.playground.world.add_role(town.guild, "admin", permissions.ADMINISTRATOR)
    town.guild.members[town.member.id].roles.append(admin.id)
    for user in (town.owner, town.member):
        assert permissions.in_channel(town.guild, town.channel, user.id) == permissions.ALL
    assert permissions.in_channel(town.guild, town.channel, town.bot.id) != permissions.ALL


async def test_a_fixed_clock_gives_the_same_ids_each_time() -> None:
    ids = []
    for _ in range(2):
        async with inhabited() as town:
            said = town.playground.say(town.member, town.channel, "x")
            ids.append((town.bot.id, town.guild.id, town.channel.id, said["id"]))
    assert ids[0] == ids[1]
    assert moment(int(ids[0][3])) == DAY


@given(seconds=st.lists(st.integers(0, 10**9), min_size=2))
def test_ids_only_rise_whatever_the_clock_does(seconds: list[int]) -> None:
    clock = iter(seconds)
    snowflakes = Snowflakes(lambda: DAY + timedelta(seconds=next(clock)))
    made = [snowflakes.make() for _ in seconds]
    assert made == sorted(set(made))


async def test_two_playgrounds_at_once() -> None:
    async with Playground.running() as one, Playground.running() as other:
        assert one.api_base != other.api_base

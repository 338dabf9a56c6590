"""Users, the bot's own servers and its application over the wire."""

import pytest

from playground import permissions
from support.discord_rest import Rest, asking
from support.discord_town import Town


async def test_anybody_can_be_looked_at(town: Town, rest: Rest) -> None:
    member = (await rest.get(f"/users/{town.member.id}")).body
    assert (member["username"], member["bot"]) == ("mika", False)
    assert (await rest.get("/users/5")).code == 10013


async def test_the_application_is_the_same_by_both_paths(town: Town, rest: Rest) -> None:
    shown = (await rest.get("/applications/@me")).body
    assert shown["id"] == str(town.bot.id)
    assert shown == (await rest.get("/oauth2/applications/@me")).body


async def test_the_servers_a_bot_is_in_come_by_the_page(town: Town, rest: Rest) -> None:
    world = town.playground.world
    more = [world.add_guild(name, town.owner, permissions.MEMBER) for name in ("Second", "Third", "Without")]
    for guild in more[:2]:
        world.join(guild, town.bot.user)

    async def listed(**query: int) -> list[str]:
        answer = await rest.get("/users/@me/guilds", **{name: str(value) for name, value in query.items()})
        return [guild["name"] for guild in answer.body]

    assert await listed() == ["Reading group", "Second", "Third"]
    assert await listed(limit=2) == ["Reading group", "Second"]
    assert await listed(after=town.guild.id) == ["Second", "Third"]
    assert await listed(before=more[1].id, limit=1) == ["Second"]
    (first,) = (await rest.get("/users/@me/guilds", limit="1")).body
    assert (first["owner"], first["permissions"]) == (False, str(permissions.MEMBER))


async def test_a_server_counts_its_members_when_asked(town: Town, rest: Rest) -> None:
    path = f"/guilds/{town.guild.id}"
    counted = (await rest.get(path, with_counts="true")).body
    assert (counted["approximate_member_count"], counted["approximate_presence_count"]) == (3, 3)
    assert "approximate_member_count" not in (await rest.get(path)).body


async def test_the_members_of_a_server_come_by_the_page_and_by_their_names(town: Town, rest: Rest) -> None:
    async def names(path: str, **query: str) -> list[str]:
        answer = await rest.get(f"/guilds/{town.guild.id}/members{path}", **query)
        return [member["user"]["username"] for member in answer.body]

    assert await names("", limit="1000") == ["Paperboy", "olga", "mika"]
    assert await names("") == ["Paperboy"]
    assert await names("", limit="5", after=str(town.owner.id)) == ["mika"]
    assert await names("/search", query="M", limit="5") == ["mika"]
    assert await names("/search", query="nobody") == []


async def test_everybody_may_ask_where_the_gateway_is(town: Town) -> None:
    async with asking(town.playground, None) as nobody:
        assert (await nobody.get("/gateway")).body == {"url": town.playground.gateway_url}


@pytest.mark.malformed
async def test_a_path_that_is_not_served_is_taken_for_no_id(town: Town, rest: Rest) -> None:
    for path in (
        f"/channels/{town.channel.id}/messages/pins",
        f"/applications/{town.bot.id}/guilds/{town.guild.id}/commands/permissions",
    ):
        answer = await rest.get(path)
        assert (answer.status, answer.code) == (404, 0)
        assert town.playground.log.records[-1].route is None

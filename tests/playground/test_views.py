"""What there is, as the API shows it, where it depends on something."""

from playground import permissions
from playground.world import ChannelType
from support.discord_rest import Rest
from support.discord_town import Town


async def test_an_overwrite_says_whether_it_is_a_roles_or_a_members(town: Town, rest: Rest) -> None:
    world = town.playground.world
    readers = world.add_role(town.guild, "readers", permissions.MEMBER)
    for target in (town.guild.id, readers.id, town.member.id):
        world.set_overwrite(town.channel, target, permissions.SEND_MESSAGES, 0)
    shown = (await rest.get(f"/channels/{town.channel.id}")).body["permission_overwrites"]
    bits = str(permissions.SEND_MESSAGES)
    assert shown == [
        {"id": str(town.guild.id), "type": 0, "allow": bits, "deny": "0"},
        {"id": str(readers.id), "type": 0, "allow": bits, "deny": "0"},
        {"id": str(town.member.id), "type": 1, "allow": bits, "deny": "0"},
    ]


async def test_an_application_counts_where_it_is_installed(town: Town, rest: Rest) -> None:
    town.playground.world.add_guild("Elsewhere", town.owner, permissions.MEMBER)
    town.member.installed.add(town.bot.id)
    shown = (await rest.get("/applications/@me")).body
    assert (shown["approximate_guild_count"], shown["approximate_user_install_count"]) == (1, 1)


async def test_a_tag_without_an_emoji_says_so(town: Town, rest: Rest) -> None:
    world = town.playground.world
    forum = world.add_channel(town.guild, "posts", ChannelType.FORUM, tags=["Video"])
    (tag,) = (await rest.get(f"/channels/{forum.id}")).body["available_tags"]
    assert (tag["name"], tag["emoji_id"], tag["emoji_name"]) == ("Video", None, None)

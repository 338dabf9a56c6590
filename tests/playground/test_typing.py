"""Saying that somebody is about to write."""

import pytest

from playground.gateway.intents import Intent
from support.discord_rest import Rest, gateway
from support.discord_town import DAY, TOKEN, Town


@pytest.mark.parametrize("direct", [False, True])
async def test_typing_is_told_by_intent(town: Town, rest: Rest, *, direct: bool) -> None:
    letters = town.playground.world.direct_channel(town.bot.user, town.member)
    channel, intent = (
        (letters, Intent.DIRECT_MESSAGE_TYPING) if direct else (town.channel, Intent.GUILD_MESSAGE_TYPING)
    )
    async with gateway(town.playground) as hears, gateway(town.playground) as deaf:
        await hears.identify(TOKEN, intent)
        await deaf.identify(TOKEN, (Intent.DIRECT_MESSAGE_TYPING | Intent.GUILD_MESSAGE_TYPING) & ~intent)
        assert (await rest.post(f"/channels/{channel.id}/typing")).status == 204
        told = (await hears.hear_event("TYPING_START"))["d"]
        await deaf.say(1, None)
        assert (await deaf.hear())["op"] == 11
    assert (told["channel_id"], told["user_id"]) == (str(channel.id), str(town.bot.id))
    assert told["timestamp"] == int(DAY.timestamp())
    assert told.get("member", {}).get("user", {}).get("username") == (None if direct else "Paperboy")
    assert told.get("guild_id") == (None if direct else str(town.guild.id))

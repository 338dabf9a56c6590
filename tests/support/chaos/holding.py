"""Which papers a place holds, as Discord's API tells it: in its messages, their threads, and its posts."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from playground.world import Channel, ChannelType
from support.discord_rest import Rest

_ABSTRACT_PAGE = re.compile(r"https://arxiv\.org/abs/(\d{4}\.\d{5})")
_PAGE = 100

Message = dict[str, Any]


async def held(rest: Rest, channel: Channel) -> list[tuple[str, str]]:
    """Ids and titles of the papers that are shown in a channel, its threads or its posts, as often as they are."""
    if channel.type is ChannelType.FORUM:
        messages = await _in_threads(rest, channel)
    else:
        messages = await _history(rest, channel.id)
        if channel.guild_id is not None:
            messages += await _in_threads(rest, channel)
    return [*chain.from_iterable(map(_shown, messages))]


def _shown(message: Message) -> Iterator[tuple[str, str]]:
    for embed in message["embeds"]:
        if found := _ABSTRACT_PAGE.match(embed.get("url", "")):
            yield found[1], embed["title"]


async def _in_threads(rest: Rest, channel: Channel) -> list[Message]:
    active = await rest.get(f"/guilds/{channel.guild_id}/threads/active")
    assert active.status == 200, active
    threads = [
        int(thread["id"]) for thread in active.body["threads"] if thread["parent_id"] == str(channel.id)
    ]
    return [message for thread in threads for message in await _history(rest, thread)]


async def _history(rest: Rest, channel_id: int) -> list[Message]:
    messages: list[Message] = []
    before: dict[str, str] = {}
    while True:
        answer = await rest.get(f"/channels/{channel_id}/messages", limit=str(_PAGE), **before)
        assert answer.status == 200, answer
        messages += answer.body
        if len(answer.body) < _PAGE:
            return messages
        before = {"before": answer.body[-1]["id"]}

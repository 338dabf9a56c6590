"""Subscribing as people do: a command, a preview, its buttons and forms."""

from collections.abc import Mapping
from typing import Any

from playground.interactions.options import Value
from playground.interactions.submission import Given
from playground.people import Reply
from playground.world import Channel, User
from support.bot import Bot


def text(reply: Reply) -> str:
    """What the message says: its embed's description, or its content where it has no embed."""
    embeds: list[dict[str, Any]] = reply.message["embeds"]
    return str(embeds[0]["description"] if embeds else reply.message["content"])


def fields(reply: Reply) -> dict[str, str]:
    """The fields of the message's embed."""
    return {field["name"]: field["value"] for field in reply.message["embeds"][0]["fields"]}


def labels(reply: Reply) -> list[str]:
    """What the buttons of a message say."""
    return [item["label"] for item in _components(reply) if "label" in item]


def named(reply: Reply, label: str) -> str:
    """The custom id of the button or menu that says this."""
    said = {item.get("label", item.get("placeholder")): str(item["custom_id"]) for item in _components(reply)}
    return said[label]


def _components(reply: Reply) -> list[dict[str, Any]]:
    return [item for row in reply.message["components"] for item in row["components"]]


async def press(bot: Bot, reply: Reply, label: str, *, user: User | None = None) -> Reply:
    """Somebody, the owner if not said otherwise, presses the button that says this."""
    return await bot.town.playground.click(user or bot.town.owner, reply.message, named(reply, label))


async def change(
    bot: Bot, shown: Reply, part: str, values: Mapping[str, Given], *, user: User | None = None
) -> Reply:
    """Somebody opens the form for a part of a preview, and fills it in."""
    form = await press(bot, shown, f"Change {part}…", user=user)
    return await bot.town.playground.submit(user or bot.town.owner, form.interaction, values)


async def subscribe(
    bot: Bot,
    *,
    user: User | None = None,
    channel: Channel | None = None,
    to: Channel | None = None,
    **options: Value,
) -> Reply:
    """Somebody uses `/subscribe` in a channel, for it or for `to`, with options, and saves what the preview shows."""
    place: dict[str, Value] = {} if to is None else {"channel": to}
    shown = await bot.use("subscribe", options | place, user=user, channel=channel)
    return await press(bot, shown, "Save", user=user)


async def choose(bot: Bot, listed: Reply, number: int = 0) -> Reply:
    """The owner chooses a subscription from the list."""
    menu = next(item for item in _components(listed) if item.get("placeholder") == "Choose one")
    value = menu["options"][number]["value"]
    return await bot.town.playground.select(bot.town.owner, listed.message, menu["custom_id"], [value])


async def opened(bot: Bot) -> Reply:
    """The owner opens the only subscription of the server."""
    return await choose(bot, await bot.slash("subscriptions"))

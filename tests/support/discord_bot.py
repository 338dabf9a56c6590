"""A bot that hears by one gateway connection, and answers interactions as a test says."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from playground.people import Reply
from support.discord_rest import Answer, Line, Rest, gateway
from support.discord_town import TOKEN, Town

COMMANDS = [
    {
        "name": "papers",
        "description": "Papers",
        "options": [
            {"type": 3, "name": "tag", "description": "A tag", "autocomplete": True},
            {"type": 4, "name": "page", "description": "A page", "min_value": 1, "max_value": 9},
            {
                "type": 3,
                "name": "sort",
                "description": "An order",
                "choices": [{"name": "New", "value": "new"}],
            },
            {"type": 6, "name": "who", "description": "Somebody"},
            {"type": 7, "name": "where", "description": "A channel", "channel_types": [0]},
            {"type": 8, "name": "role", "description": "A role"},
        ],
    },
    {
        "name": "feed",
        "description": "Feeds",
        "options": [
            {
                "type": 1,
                "name": "add",
                "description": "Adds",
                "options": [{"type": 3, "name": "name", "description": "Its name", "required": True}],
            }
        ],
    },
]
PRESS = {
    "content": "press",
    "components": [
        {"type": 1, "components": [{"type": 2, "style": 1, "label": "x", "custom_id": "x"}]},
        {
            "type": 1,
            "components": [{"type": 2, "style": 1, "label": "y", "custom_id": "y", "disabled": True}],
        },
        {
            "type": 1,
            "components": [
                {
                    "type": 3,
                    "custom_id": "m",
                    "max_values": 2,
                    "options": [{"label": v, "value": v} for v in "abc"],
                }
            ],
        },
    ],
}


@dataclass
class Bot:
    """A bot that hears by one line and answers as a test says."""

    town: Town
    rest: Rest
    line: Line

    async def told(self) -> dict[str, Any]:
        """The next interaction it is told of."""
        payload: dict[str, Any] = (await self.line.hear_event("INTERACTION_CREATE"))["d"]
        return payload

    async def answer(self, told: dict[str, Any], body: object) -> Answer:
        """Its first answer."""
        path = f"/interactions/{told['id']}/{told['token']}/callback"
        return await self.rest.ask("POST", path, body, params={"with_response": "1"})

    def webhook(self, told: dict[str, Any], message: str = "") -> str:
        """The path of what belongs to an interaction, or of one of its messages."""
        return f"/webhooks/{self.town.bot.id}/{told['token']}" + (f"/messages/{message}" if message else "")


@asynccontextmanager
async def listening(town: Town, rest: Rest) -> AsyncIterator[Bot]:
    """The town's bot with its commands registered."""
    await rest.ask("PUT", f"/applications/{town.bot.id}/commands", COMMANDS)
    async with gateway(town.playground) as line:
        await line.identify(TOKEN)
        yield Bot(town, rest, line)


def use(town: Town, command: str = "papers", /, **options: Any) -> asyncio.Task[Reply]:  # noqa: ANN401 - their values
    """The member uses a command; the task ends when the bot answered."""
    return asyncio.create_task(town.playground.slash(town.member, town.channel, command, options))


async def pressed(town: Town, bot: Bot) -> tuple[Reply, dict[str, Any], asyncio.Task[Reply]]:
    """A message with a button; what the bot is told when the button is pressed."""
    task = use(town)
    await bot.answer(await bot.told(), {"type": 4, "data": PRESS})
    reply = await task
    press = asyncio.create_task(town.playground.click(town.owner, reply.message, "x"))
    return reply, await bot.told(), press

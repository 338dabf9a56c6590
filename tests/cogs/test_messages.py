from typing import Any, cast

from cogs.cards import buttons
from cogs.messages import Message, as_message


def mentioning(said: Message) -> dict[str, Any]:
    return cast("dict[str, Any]", said["allowed_mentions"].to_dict())


async def test_a_message_says_its_content_and_pings_the_role_that_is_named_alone() -> None:
    said = as_message(buttons.message([{"description": "@everyone"}], content="Papers", role_id=99))
    assert said["content"] == "<@&99> Papers"
    assert mentioning(said) == {"parse": [], "roles": [99]}


async def test_a_message_without_content_takes_away_what_stood_above_and_pings_nobody() -> None:
    said = as_message(buttons.message([{"description": "@everyone"}]))
    assert said["content"] is None
    assert mentioning(said) == {"parse": [], "roles": []}

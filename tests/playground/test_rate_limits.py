"""Rate limits over the wire, and how discord.py lives with them."""

from collections.abc import AsyncIterator

import discord
import pytest

from playground.rate_limits import Rate, RateLimiter, Rates
from support.discord_client import OPTIONS, logged_in
from support.discord_rest import Rest, asking
from support.discord_town import DAY, TOKEN, ManualTime, Town, inhabited


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    async with inhabited(rate_limits=True) as made:
        yield made


async def post(rest: Rest, channel_id: int) -> tuple[int, str | None]:
    answer = await rest.post(f"/channels/{channel_id}/messages", {"content": "x"})
    return answer.status, answer.headers.get("X-RateLimit-Remaining")


async def test_five_messages_in_five_seconds_a_channel(town: Town, rest: Rest) -> None:
    told = [await post(rest, town.channel.id) for _ in range(6)]
    assert told == [(200, "4"), (200, "3"), (200, "2"), (200, "1"), (200, "0"), (429, "0")]
    assert len(town.channel.messages) == 5
    other = town.playground.world.add_channel(town.guild, "other")
    assert await post(rest, other.id) == (200, "4")
    town.time.seconds += 5
    assert await post(rest, town.channel.id) == (200, "4")


async def test_a_refusal_says_how_long_to_wait(town: Town, rest: Rest) -> None:
    for _ in range(5):
        await post(rest, town.channel.id)
    town.time.seconds += 2
    refused = await rest.post(f"/channels/{town.channel.id}/messages", {"content": "x"})
    words = "You are being rate limited."
    assert refused.body == {"message": words, "code": 0, "retry_after": 3.0, "global": False}
    assert refused.headers["Retry-After"] == "3.000"
    assert refused.headers["X-RateLimit-Reset-After"] == "3.000"
    assert refused.headers["X-RateLimit-Limit"] == "5"
    assert refused.headers["X-RateLimit-Scope"] == "user"
    assert refused.headers["Via"]
    assert float(refused.headers["X-RateLimit-Reset"]) == town.playground.world.now().timestamp() + 3


async def test_buckets_have_names_that_channels_share(town: Town, rest: Rest) -> None:
    other = town.playground.world.add_channel(town.guild, "other")
    names = {
        (await rest.post(f"/channels/{channel}/messages", {"content": "x"})).headers["X-RateLimit-Bucket"]
        for channel in (town.channel.id, other.id)
    }
    reading = (await rest.get(f"/channels/{other.id}/messages")).headers["X-RateLimit-Bucket"]
    assert len(names) == 1
    assert reading not in names


async def test_fifty_requests_a_second_over_all(town: Town, rest: Rest) -> None:
    channels = [town.playground.world.add_channel(town.guild, f"{number}") for number in range(11)]
    told = [await post(rest, channel.id) for channel in channels[:10] for _ in range(5)]
    assert {status for status, _ in told} == {200}
    refused = await rest.get(f"/channels/{channels[10].id}")
    assert (refused.status, refused.body["global"], refused.body["retry_after"]) == (429, True, 1.0)
    assert refused.headers["X-RateLimit-Global"] == "true"
    assert refused.headers["X-RateLimit-Scope"] == "global"
    town.time.seconds += 1
    assert (await rest.get(f"/channels/{channels[10].id}")).status == 200


async def test_bots_have_limits_of_their_own_and_interactions_none_over_all(town: Town, rest: Rest) -> None:
    town.playground.limiter.rates = Rates(everything=Rate(1, 1.0))
    for _ in range(2):
        assert (await rest.post("/interactions/1/none/callback", {"type": 5})).code == 10062
    assert (await rest.get("/users/@me")).status == 200
    assert (await rest.get("/users/@me")).status == 429
    assert (await rest.post("/interactions/1/none/callback", {"type": 5})).code == 10062
    town.playground.world.add_application("Other", "other.token")
    async with asking(town.playground, "other.token") as other:
        assert (await other.get("/users/@me")).status == 200


async def test_discord_py_waits_and_loses_nothing() -> None:
    async with inhabited(rate_limits=True, real_time=True) as busy:
        busy.playground.limiter.rates = Rates(messages=Rate(2, 0.1))
        client = discord.Client(intents=discord.Intents.none(), **OPTIONS)
        async with logged_in(busy.playground, client, TOKEN):
            channel = client.get_partial_messageable(busy.channel.id)
            for number in range(5):
                await channel.send(f"{number}")
        statuses = [record.status for record in busy.playground.log.records if record.method == "POST"]
    assert [message["content"] for message in busy.channel.messages.values()] == ["0", "1", "2", "3", "4"]
    assert statuses.count(200) == 5


async def test_the_windows_that_run_are_told_with_readable_names(town: Town, rest: Rest) -> None:
    limiter, channel = town.playground.limiter, town.channel.id
    assert limiter.states() == []
    for _ in range(3):
        await post(rest, channel)
    town.time.seconds += 0.5
    assert [(state.bucket, state.limit, state.left, state.resets_after) for state in limiter.states()] == [
        (f"POST /channels/{channel}/messages", 5, 2, 4.5),
        ("every request", 50, 47, 0.5),
    ]
    assert {state.bot_id for state in limiter.states()} == {town.bot.id}
    town.time.seconds += 4.5
    assert limiter.states() == []


def test_of_windows_only_those_that_run_are_held() -> None:
    time = ManualTime()
    limiter = RateLimiter(lambda: DAY, monotonic=time)
    for number in range(10):
        limiter.spend(1, f"GET:/channels/{{channel_id}} {number}", messages=False, exempt=False)
        time.seconds += 1
    held = limiter._windows  # noqa: SLF001 - nothing else tells what is held
    assert [*held] == [(1, ""), (1, "GET:/channels/{channel_id} 9")]


@pytest.mark.parametrize(
    ("bucket", "name"),
    [
        ("GET:/users/@me ", "GET /users/@me"),
        ("PATCH:/channels/{channel_id}/messages/{message_id} 7", "PATCH /channels/7/messages/{message_id}"),
        ("POST:/webhooks/{webhook_id}/{webhook_token} 7:secret", "POST /webhooks/7/…"),
    ],
)
def test_no_token_is_in_a_name(bucket: str, name: str) -> None:
    limiter = RateLimiter(lambda: DAY, monotonic=ManualTime())
    limiter.spend(1, bucket, messages=False, exempt=True)
    assert [state.bucket for state in limiter.states()] == [name]

"""What the operator sees: requests, sessions, rate limits."""

import re
from html import unescape

import pytest

from playground.faults import Effect, Fault
from playground.gateway.intents import Intent
from playground.page.operating import MOST_BUCKETS
from playground.page.requests import MOST
from playground.rate_limits import Rate, Rates
from support.discord_bot import Bot
from support.discord_rest import Rest, gateway
from support.discord_town import TOKEN, Town
from support.playground_page import Page

HOSTILE = "<b onclick=x>"


def cells(html: str) -> list[dict[str, str]]:
    """The rows of the requests, by the classes of their cells, without marks."""
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    found = [re.findall(r'<td class="(\w+)[^"]*"[^>]*>(.*?)</td>', row, re.DOTALL) for row in rows]
    return [{name: unescape(re.sub(r"<[^>]+>", "", text)) for name, text in row} for row in found]


@pytest.mark.malformed
async def test_requests_are_rows_newest_first(town: Town, rest: Rest, page: Page) -> None:
    await rest.get(f"/channels/{town.channel.id}")
    await rest.get("/nothing")
    newest, oldest = cells((await page.get("requests")).html)
    assert oldest == {
        "at": "12:00:00 UTC",
        "method": "GET",
        "route": "/channels/{channel_id}",
        "status": "200",
        "bucket": f"GET /channels/{town.channel.id}",
        "took": oldest["took"],
    }
    assert re.fullmatch(r"\d+\.\d", oldest["took"])
    assert (newest["route"], newest["status"]) == ("/api/v10/nothing", "404")


async def test_what_a_request_was_made_to_suffer_stands_beside_it(town: Town, rest: Rest, page: Page) -> None:
    town.playground.faults.add(Fault(Effect.SERVER_ERROR, status=503))
    await rest.get(f"/channels/{town.channel.id}")
    told = await page.get("requests")
    assert cells(told.html)[0]["status"] == "503 (server error)"
    assert '<td class="status bad">' in told.html


async def test_only_the_newest_requests_are_shown(town: Town, rest: Rest, page: Page) -> None:
    for _ in range(MOST + 5):
        await rest.get(f"/channels/{town.channel.id}")
    assert len(cells((await page.get("requests")).html)) == MOST


@pytest.mark.malformed
async def test_a_path_is_text(rest: Rest, page: Page) -> None:
    await rest.get(f"/{HOSTILE}")
    html = (await page.get("requests")).html
    assert cells(html)[0]["route"] == f"/api/v10/{HOSTILE}"
    assert "<b" not in html


async def test_sessions_are_shown_with_what_they_listen_to(town: Town, page: Page) -> None:
    assert "No bot has connected yet." in (await page.get("operator")).html
    async with gateway(town.playground) as line:
        await line.identify(TOKEN, int(Intent.GUILDS | Intent.MESSAGE_CONTENT), shard=[0, 1])
        await line.hear_event("GUILD_CREATE")
        html = (await page.get("operator")).html
    assert re.findall(r"<td[^>]*>(.*?)</td>", html)[:5] == [
        "Paperboy",
        "0 of 1",
        "connected",
        "2",
        "GUILDS, MESSAGE_CONTENT",
    ]


async def test_a_session_whose_client_went_is_away(bot: Bot, page: Page) -> None:
    async with page.live() as live:
        await bot.line.socket.close(code=4000)
        await live.hear("operator")
    assert ">away<" in (await page.get("operator")).html


async def test_the_name_of_a_bot_is_text(town: Town, page: Page) -> None:
    town.bot.user.name = HOSTILE
    async with gateway(town.playground) as line:
        await line.identify(TOKEN)
        html = (await page.get("operator")).html
    assert "&lt;b onclick=x&gt;" in html
    assert "<b" not in html.replace("<button", "").replace("<body", "")


async def test_rate_limits_are_switched(town: Town, page: Page) -> None:
    for enabled, words in ((True, "Rate limits are on"), (False, "Rate limits are off")):
        assert (await page.post("rate-limits", enabled=enabled)).status == 200
        assert town.playground.limiter.enabled is enabled
        html = (await page.get("operator")).html
        assert words in html
        assert (re.search(r"<input[^>]*data-rate-limits[^>]*checked", html) is not None) is enabled
    assert (
        await page.post("rate-limits", enabled="yes")
    ).message == "enabled: Input should be a valid boolean."


async def test_what_is_left_of_the_rate_limits_is_shown(town: Town, rest: Rest, page: Page) -> None:
    town.playground.limiter.enabled = True
    assert "Nothing was asked in the last seconds." in (await page.get("operator")).html
    for _ in range(2):
        await rest.post(f"/channels/{town.channel.id}/messages", {"content": "x"})
    html = (await page.get("operator")).html
    rows = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", html)]
    assert rows[1:] == [
        ["Paperboy", f"POST /channels/{town.channel.id}/messages", "3 of 5", "5 s"],
        ["Paperboy", "every request", "48 of 50", "1 s"],
    ]


async def test_only_so_many_rate_limits_are_shown(town: Town, rest: Rest, page: Page) -> None:
    town.playground.limiter.enabled = True
    town.playground.limiter.rates = Rates(everything=Rate(1_000, 1.0))
    for number in range(MOST_BUCKETS + 3):
        channel = town.playground.world.add_channel(town.guild, f"channel-{number}")
        await rest.get(f"/channels/{channel.id}")
    html = (await page.get("operator")).html
    assert html.count("<td>947 of 1000</td>") == 1
    assert html.count("<td>49 of 50</td>") == MOST_BUCKETS - 1
    assert "And 4 more with more left." in html

"""Other web pages are kept away, and browsers are told what to forbid."""

import aiohttp
import pytest
from yarl import URL

from playground.errors import PlaygroundError
from playground.server import Playground
from playground.world import Event
from support.discord_rest import Rest
from support.discord_town import Town
from support.playground_page import Page

PROMISED = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types page"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
FOREIGN_HOSTS = [
    "evil.example",
    "evil.example:{port}",
    "127.0.0.1.evil.example:{port}",
    "127.0.0.1",
    "localhost:1",
    "[::1]:{port}",
    "evil.example@127.0.0.1:{port}",
    "127.0.0.1:{port}.evil.example",
    " ",
]
FOREIGN_ORIGINS = [
    "null",
    "http://evil.example",
    "http://evil.example:{port}",
    "https://127.0.0.1:{port}",
    "http://127.0.0.1",
    "http://127.0.0.1:{port}.evil.example",
    "http://127.0.0.1:1",
]


def here(page: Page, template: str) -> str:
    return template.format(port=page.url.port)


@pytest.mark.parametrize(
    "path", ["", "static/main.js", "static/none.js", "page/me", "page/me?as=x", "nowhere"]
)
async def test_every_answer_tells_the_browser_what_to_forbid(page: Page, path: str) -> None:
    async with page.session.get(page.url.join(URL(path))) as response:
        assert {name: response.headers.get(name) for name in PROMISED} == PROMISED


async def test_a_refusal_and_the_live_connection_tell_it_too(page: Page) -> None:
    async with page.session.get(page.url, headers={"Host": "evil.example"}) as response:
        refused = response.headers
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    async with page.session.get(page.url / "page/live", headers=upgrade) as response:
        assert response.status == 101
        opened = response.headers
    for headers in (refused, opened):
        assert {name: headers.get(name) for name in PROMISED} == PROMISED


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
@pytest.mark.parametrize("path", ["", "static/main.js", "page/me"])
async def test_a_name_that_was_made_to_lead_here_is_refused(page: Page, host: str, path: str) -> None:
    async with page.session.get(page.url / path, headers={"Host": here(page, host)}) as response:
        assert response.status == 403
        told = await response.json()
    assert told == {
        "message": f"The playground is reached as {here(page, 'http://127.0.0.1:{port}')} "
        f"or {here(page, 'http://localhost:{port}')} alone."
    }


async def test_localhost_is_a_name_of_ours(page: Page) -> None:
    ours = {"Host": here(page, "localhost:{port}"), "Origin": here(page, "http://localhost:{port}")}
    async with page.session.get(page.url / "page/me", headers=ours) as response:
        assert response.status == 200


@pytest.mark.parametrize("origin", FOREIGN_ORIGINS)
async def test_another_page_cannot_act_as_our_people(town: Town, page: Page, origin: str) -> None:
    body = {"channel": str(town.channel.id), "content": "not mine"}
    headers = {"Origin": here(page, origin)}
    address = (page.url / "page/say").with_query({"as": str(town.member.id)})
    async with page.session.post(address, json=body, headers=headers) as response:
        assert (response.status, await response.json()) == (
            403,
            {"message": "Another web page may not use the playground."},
        )
    assert not town.channel.messages


@pytest.mark.parametrize("headers", [{"Origin": "http://evil.example"}, {"Host": "evil.example"}])
async def test_another_page_cannot_listen(page: Page, headers: dict[str, str]) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await page.session.ws_connect(page.url / "page/live", headers=headers)
    assert refused.value.status == 403


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
async def test_a_form_of_another_page_is_no_body(town: Town, page: Page, content_type: str) -> None:
    address = (page.url / "page/say").with_query({"as": str(town.member.id)})
    body = f'{{"channel": "{town.channel.id}", "content": "not mine"}}'
    async with page.session.post(address, data=body, headers={"Content-Type": content_type}) as response:
        assert (response.status, await response.json()) == (
            415,
            {"message": "The body must be application/json."},
        )
    assert not town.channel.messages


async def test_the_api_of_the_bots_is_as_it_was(town: Town, rest: Rest, page: Page) -> None:
    strange = {
        "Host": "discord.example",
        "Origin": "http://evil.example",
        "Authorization": f"Bot {rest.token}",
    }
    async with page.session.get(f"{rest.base}/channels/{town.channel.id}", headers=strange) as response:
        assert response.status == 200
        assert not PROMISED.keys() & response.headers.keys()
    async with page.session.ws_connect(
        f"{town.playground.gateway_url}?v=10", headers={"Origin": "http://evil.example"}
    ) as socket:
        assert (await socket.receive_json(timeout=5))["op"] == 10


async def test_without_the_page_there_is_the_api_alone() -> None:
    async with Playground.running(page=False) as playground, aiohttp.ClientSession() as session:
        for path in ("", "page/me", "static/main.js"):
            async with session.get(playground.page_url + path) as response:
                assert response.status == 404
        async with session.get(f"{playground.api_base}/users/@me") as response:
            assert response.status == 401


async def test_what_nobody_thought_of_is_told_in_a_sentence_and_logged(
    town: Town, page: Page, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: Event) -> None:
        raise ZeroDivisionError

    town.playground.world.listen(fail)
    told = await page.post("say", channel=str(town.channel.id), content="hi")
    assert (told.status, told.body) == (500, {"message": "The playground itself failed; its log says how."})
    assert "ZeroDivisionError" in caplog.text


async def test_what_a_person_cannot_do_is_a_conflict(town: Town, page: Page) -> None:
    with pytest.raises(PlaygroundError) as refused:
        town.playground.dismiss(town.member, 5)
    told = await page.post("dismiss", message="5")
    assert (told.status, told.message) == (409, str(refused.value))

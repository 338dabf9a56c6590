"""The page itself and its files."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from yarl import URL

import playground.page
from support.playground_page import Page

PAGE = Path(playground.page.__file__).parent
STATIC = PAGE / "static"
TYPES = {
    ".js": {"text/javascript", "application/javascript"},
    ".css": {"text/css"},
    ".svg": {"image/svg+xml"},
}


async def test_the_page_loads_nothing_but_its_own_files(page: Page) -> None:
    async with page.session.get(page.url) as response:
        assert (response.status, response.content_type) == (200, "text/html")
        html = await response.text()
    assert '<script type="module" src="/static/main.js"></script>' in html
    assert "://" not in html


async def test_every_file_comes_as_what_it_is(page: Page) -> None:
    for file in STATIC.iterdir():
        async with page.session.get(page.url / "static" / file.name) as response:
            assert response.status == 200
            assert response.content_type in TYPES[file.suffix]
            assert await response.read() == file.read_bytes()


@pytest.mark.parametrize(
    "path",
    [
        "/static/../site.py",
        "/static/%2e%2e/site.py",
        "/static/..%2fsite.py",
        "/static//etc/passwd",
        "/static/..%5csite.py",
        "/static/none.js",
    ],
)
async def test_nothing_outside_the_folder_is_served(page: Page, path: str) -> None:
    async with page.session.get(URL(f"{page.url.origin()}{path}", encoded=True)) as response:
        assert response.status == 404


async def test_the_folder_itself_is_not_listed(page: Page) -> None:
    async with page.session.get(page.url / "static/") as response:
        assert response.status in {403, 404}
        assert "main.js" not in await response.text()


async def test_what_is_not_there_is_told_in_a_sentence(page: Page) -> None:
    assert (await page.get("nowhere")).body == {"message": "Not Found."}
    assert (await page.post("me")).body == {"message": "Method Not Allowed."}


def reached(script: Path) -> Iterator[Path]:
    """A script, and all that it imports, and they."""
    yield script
    for name in re.findall(r'^import .*"\./(.+)";$', script.read_text(), re.MULTILINE):
        yield from reached(script.with_name(name))


def test_every_script_and_style_sheet_is_used() -> None:
    assert {*reached(STATIC / "main.js")} == {*STATIC.glob("*.js")}
    sheets = re.findall(r'href="/static/(.+\.css)"', (PAGE / "templates" / "index.html").read_text())
    assert sorted(sheets) == sorted(file.name for file in STATIC.glob("*.css"))


def test_every_style_is_for_something_that_is_drawn() -> None:
    drawing = "".join(file.read_text() for end in ("html", "js", "py") for file in PAGE.rglob(f"*.{end}"))
    styles = "".join(file.read_text() for file in STATIC.glob("*.css"))
    names = {*re.findall(r"[.#]([a-z][a-z-]+)[\w-]*(?=[^;{}]*\{)", styles)}
    assert [name for name in sorted(names) if not re.search(rf"\b{name}", drawing)] == []

"""Embeds as the page shows them."""

import pytest

from support.drawn import Drawn, world


@pytest.fixture
def drawn() -> Drawn:
    return world()


def test_an_embed_with_everything(drawn: Drawn) -> None:
    item = drawn.shown(
        {
            "embeds": [
                {
                    "title": "A **title** ||secret||",
                    "url": "https://paper.example/1",
                    "description": "- one\n- two",
                    "color": 0x7C3AED,
                    "timestamp": "2026-07-18T09:30:00+02:00",
                    "author": {"name": "*Ada*", "url": "https://ada.example"},
                    "footer": {"text": "*foot*"},
                    "fields": [
                        {"name": "*Links*", "value": "[PDF](https://pdf.example)", "inline": True},
                        {"name": "Wide", "value": "x"},
                    ],
                }
            ]
        }
    )
    embed = item.one("article", css="embed")
    assert embed.attrs["aria-label"] == "Embed: A title (spoiler)"
    assert embed.one("rect").attrs["fill"] == "#7c3aed"
    title = embed.one(css="embed-title").one("a")
    assert (title.attrs["href"], title.one("strong").text) == ("https://paper.example/1", "title")
    assert [each.text for each in embed.one(css="embed-description").all("li")] == ["one", "two"]
    assert (embed.one(css="embed-author").one("a").text, embed.one(css="embed-footer").text) == (
        "*Ada*",
        "*foot* · 18 July 2026 07:30 UTC",
    )
    fields = embed.one(css="embed-fields").all(css="embed-field")
    assert ["inline" in field.classes for field in fields] == [True, False]
    assert fields[0].one(css="embed-field-name").one("em").text == "Links"
    assert fields[0].one(css="embed-field-value").one("a").text == "PDF"


def test_several_embeds_stand_one_after_the_other(drawn: Drawn) -> None:
    item = drawn.shown({"embeds": [{"title": "a"}, {"description": "b"}]})
    assert [embed.attrs["aria-label"] for embed in item.all(css="embed")] == ["Embed: a", "Embed"]


def test_pictures_are_links_and_never_loaded(drawn: Drawn) -> None:
    item = drawn.shown(
        {
            "embeds": [
                {
                    "image": {"url": "https://pictures.example/a.png"},
                    "thumbnail": {"url": "attachment://b.png"},
                    "footer": {"text": "x", "icon_url": "https://pictures.example/c.png"},
                    "author": {"name": "y", "icon_url": "https://pictures.example/d.png"},
                }
            ]
        }
    )
    image, thumbnail = item.one(css="embed-image"), item.one(css="embed-thumbnail")
    assert (image.text, image.attrs["href"]) == (
        "Picture from pictures.example",
        "https://pictures.example/a.png",
    )
    assert (thumbnail.tag, thumbnail.text) == ("span", "Picture b.png")
    assert not item.all("img")
    assert [link.attrs["href"] for link in item.all("a")] == ["https://pictures.example/a.png"]


@pytest.mark.parametrize(
    ("timestamp", "year"),
    [
        ("0001-01-01T00:00:00+14:00", "0001"),
        ("9999-12-31T23:59:59-12:00", "9999"),
        ("2026-01-01T00:00:00", "2026"),
    ],
)
def test_moments_at_the_ends_of_the_calendar(drawn: Drawn, timestamp: str, year: str) -> None:
    footer = drawn.shown({"embeds": [{"title": "x", "timestamp": timestamp}]}).one(css="embed-footer")
    assert str(footer.one("time").attrs["datetime"]).startswith(f"{year}-")


@pytest.mark.parametrize("colour", [{}, {"color": 0}])
def test_an_embed_without_a_colour_has_a_quiet_one(drawn: Drawn, colour: dict[str, int]) -> None:
    embed = drawn.shown({"embeds": [{"title": "x"} | colour]}).one(css="embed")
    assert embed.one("rect").attrs["fill"] == "#80848e"

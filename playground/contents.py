"""What a message holds, as the API shows it: the fields that a bot left out have their neutral values."""

from collections.abc import Iterator
from itertools import count

from playground.errors import Json
from playground.forms.components import CHANNEL_SELECT, SELECTS, walk
from playground.snowflakes import Snowflakes

_PICTURE: Json = {"description": None, "spoiler": False}
_NEUTRAL: dict[int, Json] = {
    **{kind: {"min_values": 1, "max_values": 1} for kind in SELECTS},
    11: _PICTURE,
    14: {"spacing": 1, "divider": True},
    17: {"accent_color": None, "spoiler": False},
}
"""By the type of the component."""


def embeds(written: list[Json]) -> list[Json]:
    """Embeds, as a bot wrote them."""
    return [{"type": "rich"} | embed | _fields(embed) for embed in written]


def _fields(embed: Json) -> Json:
    if "fields" not in embed:
        return {}
    return {"fields": [{"inline": False} | field for field in embed["fields"]]}


def components(written: list[Json], ids: Snowflakes) -> list[Json]:
    """Components, changed in place: those without an id numbered in reading order, with ids for their pictures.

    Discord docs, "Anatomy of a Component": an id of 0 is none, and no number is given that another one has.
    """
    every = [*walk(written)]
    taken = {item.get("id") for _, item in every}
    free = (number for number in count(1) if number not in taken)
    for path, item in every:
        item["id"] = item.get("id") or next(free)
        item.update(_NEUTRAL.get(item["type"], {}) | item | _inner(item, ids))
        for name in _meaningless(item, in_form=path[-1] == "component"):
            item.pop(name, None)
    return written


def _meaningless(item: Json, *, in_form: bool) -> Iterator[str]:
    if item["type"] in SELECTS and not in_form:
        yield "required"
    if item["type"] in SELECTS - {CHANNEL_SELECT}:
        yield "channel_types"


def _inner(item: Json, ids: Snowflakes) -> Json:
    inner: Json = {}
    if "media" in item:
        inner["media"] = _unfurled(item["media"], ids)
    if "items" in item:
        inner["items"] = [
            _PICTURE | picture | {"media": _unfurled(picture["media"], ids)} for picture in item["items"]
        ]
    if "options" in item:
        inner["options"] = [option | _emoji(option) for option in item["options"]]
    return inner | _emoji(item) | _numbers(item)


def _numbers(item: Json) -> Json:
    """The ids in it, which the API writes as text."""
    shown: Json = {}
    if "sku_id" in item:
        shown["sku_id"] = str(item["sku_id"])
    if "default_values" in item:
        shown["default_values"] = [each | {"id": str(each["id"])} for each in item["default_values"]]
    return shown


def _emoji(item: Json) -> Json:
    if "id" not in item.get("emoji", {}):
        return {}
    return {"emoji": item["emoji"] | {"id": str(item["emoji"]["id"])}}


def _unfurled(media: Json, ids: Snowflakes) -> Json:
    # Discord fetches a picture and serves it from a proxy; here it stays where it is, and its size is unknown.
    url = media["url"]
    return {
        "id": str(ids.make()),
        "url": url,
        "proxy_url": url,
        "width": None,
        "height": None,
        "content_type": None,
    }

"""What a message may hold (Discord docs, "Create Message", "Embed Limits", "Components")."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from playground import checks
from playground.checks import Path
from playground.errors import Flaw, Json, empty_message, invalid_form

CONTENT, NONCE = 2_000, 25
EMBEDS, EMBED_TEXT = 10, 6_000
TITLE, DESCRIPTION, FIELDS, FIELD_NAME, FIELD_VALUE, FOOTER, AUTHOR = 256, 4_096, 25, 256, 1_024, 2_048, 256
ROWS, BUTTONS, OPTIONS = 5, 5, 25
CUSTOM_ID, LABEL, URL, PLACEHOLDER, OPTION_TEXT = 100, 80, 512, 150, 100
V2_COMPONENTS, V2_TEXT, V2_SECTION_TEXTS = 40, 4_000, 3
COMPONENTS_V2 = 1 << 15

ACTION_ROW, BUTTON, STRING_SELECT = 1, 2, 3
SECTION, TEXT_DISPLAY, THUMBNAIL, CONTAINER = 9, 10, 11, 17
_SELECTS = {3, 5, 6, 7, 8}
_LINK_STYLE, _PREMIUM_STYLE = 5, 6


def check(body: Json, *, edit: bool = False) -> None:
    """Holds the body of a message to every limit.

    Args:
        body: the JSON of the request.
        edit: whether it changes a message; then it may leave everything out.

    Raises:
        ApiError: 50035 with the paths of the bad fields, or 50006 for a message that shows nothing.
    """
    flaws = [*_flaws(body)]
    if flaws:
        raise invalid_form(flaws)
    shown = any(body.get(name) for name in ("content", "embeds", "components", "poll", "sticker_ids"))
    if not shown and not edit:
        raise empty_message()


def _flaws(body: Json) -> Iterator[Flaw]:
    yield from checks.text(("content",), body.get("content"), CONTENT)
    if "nonce" in body and len(str(body["nonce"] or "")) > NONCE:
        yield checks.wrong_length(("nonce",), 0, NONCE)
    yield from _embeds(checks.entries(body.get("embeds")))
    components = checks.entries(body.get("components"))
    if int(body.get("flags") or 0) & COMPONENTS_V2:
        yield from _v2(body, components)
    else:
        yield from _rows(components)
    yield from _custom_ids(components)


def _embeds(embeds: list[Json]) -> Iterator[Flaw]:
    yield from checks.size(("embeds",), embeds, EMBEDS)
    for number, embed in enumerate(embeds):
        yield from _embed(("embeds", number), embed)
    if sum(map(embed_text, embeds)) > EMBED_TEXT:
        message = f"Embed size exceeds maximum size of {EMBED_TEXT}"
        yield Flaw(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", message)


def embed_text(embed: Json) -> int:
    """How much of the 6000 characters an embed takes."""
    texts = [embed.get("title"), embed.get("description")]
    texts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    for field in checks.entries(embed.get("fields")):
        texts += [field.get("name"), field.get("value")]
    return sum(len(text) for text in texts if isinstance(text, str))


def _embed(path: Path, embed: Json) -> Iterator[Flaw]:
    yield from checks.text((*path, "title"), embed.get("title"), TITLE)
    yield from checks.text((*path, "description"), embed.get("description"), DESCRIPTION)
    yield from _part((*path, "footer", "text"), embed.get("footer"), "text", FOOTER)
    yield from _part((*path, "author", "name"), embed.get("author"), "name", AUTHOR)
    fields = checks.entries(embed.get("fields"))
    yield from checks.size((*path, "fields"), fields, FIELDS)
    for number, field in enumerate(fields):
        place = (*path, "fields", number)
        yield from checks.text((*place, "name"), field.get("name"), FIELD_NAME, least=1)
        yield from checks.text((*place, "value"), field.get("value"), FIELD_VALUE, least=1)
    url = embed.get("url")
    if isinstance(url, str) and not url.startswith(("http://", "https://")):
        message = (
            f"Scheme \"{url.partition(':')[0]}\" is not supported. Scheme must be one of ('http', 'https')."
        )
        yield Flaw((*path, "url"), "URL_TYPE_INVALID_SCHEME", message)


def _part(path: Path, holder: object, name: str, most: int) -> Iterator[Flaw]:
    if isinstance(holder, Mapping):
        yield from checks.text(path, holder.get(name), most)


def _rows(rows: list[Json]) -> Iterator[Flaw]:
    yield from checks.size(("components",), rows, ROWS)
    for number, row in enumerate(rows):
        path: Path = ("components", number)
        yield from checks.choice((*path, "type"), row.get("type"), [ACTION_ROW])
        yield from _row(path, row)


def _row(path: Path, row: Json) -> Iterator[Flaw]:
    items = checks.entries(row.get("components"))
    selects = any(item.get("type") in _SELECTS for item in items)
    yield from checks.size((*path, "components"), items, 1 if selects else BUTTONS, least=1)
    for number, item in enumerate(items):
        place = (*path, "components", number)
        if item.get("type") == BUTTON:
            yield from _button(place, item)
        elif item.get("type") in _SELECTS:
            yield from _select(place, item)
        else:
            yield from checks.choice((*place, "type"), item.get("type"), [BUTTON, *sorted(_SELECTS)])


def _button(path: Path, button: Json) -> Iterator[Flaw]:
    yield from checks.choice((*path, "style"), button.get("style"), range(1, 7))
    yield from checks.text((*path, "label"), button.get("label"), LABEL)
    if button.get("style") == _LINK_STYLE:
        yield from checks.text((*path, "url"), button.get("url"), URL, least=1)
    elif button.get("style") != _PREMIUM_STYLE:
        yield from checks.text((*path, "custom_id"), button.get("custom_id"), CUSTOM_ID, least=1)
    if not (button.get("label") or button.get("emoji") or button.get("style") == _PREMIUM_STYLE):
        yield checks.required((*path, "label"))


def _select(path: Path, select: Json) -> Iterator[Flaw]:
    yield from checks.text((*path, "custom_id"), select.get("custom_id"), CUSTOM_ID, least=1)
    yield from checks.text((*path, "placeholder"), select.get("placeholder"), PLACEHOLDER)
    if select.get("type") != STRING_SELECT:
        return
    options = checks.entries(select.get("options"))
    yield from checks.size((*path, "options"), options, OPTIONS, least=1)
    for number, option in enumerate(options):
        place = (*path, "options", number)
        yield from checks.text((*place, "label"), option.get("label"), OPTION_TEXT, least=1)
        yield from checks.text((*place, "value"), option.get("value"), OPTION_TEXT, least=1)
        yield from checks.text((*place, "description"), option.get("description"), OPTION_TEXT)
    values = Counter(option.get("value") for option in options)
    for number, option in enumerate(options):
        if values[option.get("value")] > 1:
            message = "The specified option value is already used"
            yield Flaw(
                (*path, "options", number, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message
            )


def _v2(body: Json, components: list[Json]) -> Iterator[Flaw]:
    for name in ("content", "embeds"):
        if body.get(name):
            message = f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            yield Flaw((name,), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", message)
    every = [*walk(components)]
    yield from checks.size(("components",), [item for _, item in every], V2_COMPONENTS)
    length = sum(len(str(item.get("content", ""))) for _, item in every if item.get("type") == TEXT_DISPLAY)
    if length > V2_TEXT:
        message = f"The total displayable text size exceeds {V2_TEXT}"
        yield Flaw(("components",), "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message)
    for path, item in every:
        if item.get("type") == ACTION_ROW:
            yield from _row(path, item)
        elif item.get("type") == SECTION:
            texts = checks.entries(item.get("components"))
            yield from checks.size((*path, "components"), texts, V2_SECTION_TEXTS, least=1)
            if not item.get("accessory"):
                yield checks.required((*path, "accessory"))


def walk(components: list[Json], path: Path = ("components",)) -> Iterator[tuple[Path, Json]]:
    """Every component with its path, outer before inner."""
    for number, item in enumerate(components):
        place = (*path, number)
        yield place, item
        yield from walk(checks.entries(item.get("components")), (*place, "components"))
        if isinstance(item.get("accessory"), dict):
            yield (*place, "accessory"), item["accessory"]


def _custom_ids(components: list[Json]) -> Iterator[Flaw]:
    named: list[tuple[Path, Any]] = [
        (path, item["custom_id"]) for path, item in walk(components) if item.get("custom_id")
    ]
    times = Counter(custom_id for _, custom_id in named)
    for path, custom_id in named:
        if times[custom_id] > 1:
            message = "Component custom id cannot be duplicated"
            yield Flaw((*path, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", message)

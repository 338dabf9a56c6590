"""Components (Discord docs, "Component Reference"), those of messages and those of forms that open."""

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag

from playground.errors import Flaw
from playground.forms.base import (
    Form,
    LinkAddress,
    MediaAddress,
    Path,
    Required100,
    Snowflake,
    Text100,
    required,
)

ACTION_ROW, BUTTON, STRING_SELECT, TEXT_DISPLAY = 1, 2, 3, 10
USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT = 5, 6, 7, 8
SELECTS = {STRING_SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT}
_ROW_OF_BUTTONS = 5
_LINK, _PREMIUM = 5, 6


class Component(Form):
    """What every component may have."""

    id: Annotated[int, Field(ge=0, lt=2**31)] | None = None


class Emoji(Form):
    """The emoji of a button or option."""

    id: Snowflake | None = None
    name: str | None = None
    animated: bool | None = None


class Button(Component):
    """A button: one to press has a `custom_id`, a link a `url`, one to buy a `sku_id`."""

    type: Literal[2]
    style: Annotated[int, Field(ge=1, le=6)]
    label: Annotated[str, StringConstraints(max_length=80)] | None = None
    emoji: Emoji | None = None
    custom_id: Required100 | None = None
    url: LinkAddress | None = None
    sku_id: Snowflake | None = None
    disabled: bool | None = None

    def flaws(self) -> Iterator[Flaw]:
        """What the style needs and does not allow."""
        needed = {_LINK: "url", _PREMIUM: "sku_id"}.get(self.style, "custom_id")
        for name in ("custom_id", "url", "sku_id"):
            if (getattr(self, name) is None) is (name == needed):
                if name == needed:
                    yield required((name,))
                else:
                    message = f"A button of this style cannot have a {name}"
                    yield Flaw((name,), "BUTTON_COMPONENT_CUSTOM_ID_AND_URL", message)
        if self.style != _PREMIUM and not (self.label or self.emoji):
            yield required(("label",))


class Option(Form):
    """An option of a menu."""

    label: Required100
    value: Required100
    description: Text100 | None = None
    emoji: Emoji | None = None
    default: bool | None = None


class _Select(Component):
    custom_id: Required100
    placeholder: Annotated[str, StringConstraints(max_length=150)] | None = None
    min_values: Annotated[int, Field(ge=0, le=25)] | None = None
    max_values: Annotated[int, Field(ge=1, le=25)] | None = None
    disabled: bool | None = None
    required: bool | None = None


class StringSelect(_Select):
    """A menu of options of one's own."""

    type: Literal[3]
    options: Annotated[list[Option], Field(min_length=1, max_length=25)]

    def flaws(self) -> Iterator[Flaw]:
        """Options with the same value."""
        times = Counter(option.value for option in self.options)
        for number, option in enumerate(self.options):
            if times[option.value] > 1:
                message = "The specified option value is already used"
                yield Flaw(("options", number, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message)


class DefaultValue(Form):
    """Somebody or something that is chosen when a menu is shown."""

    id: Snowflake
    type: Literal["user", "role", "channel"]


class EntitySelect(_Select):
    """A menu of users (5), roles (6), both (7) or channels (8)."""

    type: Literal[5, 6, 7, 8]
    channel_types: list[int] | None = None
    default_values: Annotated[list[DefaultValue], Field(max_length=25)] | None = None


class TextDisplay(Component):
    """Text between other components."""

    type: Literal[10]
    content: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]


class MediaItem(Form):
    """Where a picture is."""

    url: MediaAddress


class Thumbnail(Component):
    """A small picture beside a section."""

    type: Literal[11]
    media: MediaItem
    description: Annotated[str, StringConstraints(max_length=1024)] | None = None
    spoiler: bool | None = None


class GalleryItem(Form):
    """A picture of a gallery."""

    media: MediaItem
    description: Annotated[str, StringConstraints(max_length=1024)] | None = None
    spoiler: bool | None = None


class MediaGallery(Component):
    """Pictures."""

    type: Literal[12]
    items: Annotated[list[GalleryItem], Field(min_length=1, max_length=10)]


class Separator(Component):
    """A line or a gap."""

    type: Literal[14]
    divider: bool | None = None
    spacing: Literal[1, 2] | None = None


def by_type(value: Any) -> str:  # noqa: ANN401 - anything may stand where a component should
    """The tag by which pydantic tells components apart; the brackets keep it out of the paths of flaws."""
    kind = value.get("type") if isinstance(value, dict) else getattr(value, "type", None)
    return f"<{kind}>"


_BUTTON = Annotated[Button, Tag("<2>")]
_STRING_SELECT = Annotated[StringSelect, Tag("<3>")]
_USERS = Annotated[EntitySelect, Tag("<5>")]
_ROLES = Annotated[EntitySelect, Tag("<6>")]
_BOTH = Annotated[EntitySelect, Tag("<7>")]
_CHANNELS = Annotated[EntitySelect, Tag("<8>")]
_TEXT = Annotated[TextDisplay, Tag("<10>")]
_THUMBNAIL = Annotated[Thumbnail, Tag("<11>")]
_GALLERY = Annotated[MediaGallery, Tag("<12>")]
_SEPARATOR = Annotated[Separator, Tag("<14>")]

_InRow = Annotated[_BUTTON | _STRING_SELECT | _USERS | _ROLES | _BOTH | _CHANNELS, Discriminator(by_type)]


class ActionRow(Component):
    """Up to five buttons, or one menu."""

    type: Literal[1]
    components: Annotated[list[_InRow], Field(min_length=1, max_length=_ROW_OF_BUTTONS)]

    def flaws(self) -> Iterator[Flaw]:
        """A menu that shares its row."""
        if len(self.components) > 1 and any(item.type != BUTTON for item in self.components):
            message = "The specified component exceeds the maximum width"
            yield Flaw(("components",), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message)


class Section(Component):
    """One to three texts, and something beside them."""

    type: Literal[9]
    components: Annotated[list[TextDisplay], Field(min_length=1, max_length=3)]
    accessory: Annotated[_BUTTON | _THUMBNAIL, Discriminator(by_type)]


_ROW = Annotated[ActionRow, Tag("<1>")]
_SECTION = Annotated[Section, Tag("<9>")]


class Container(Component):
    """A box around components."""

    type: Literal[17]
    components: Annotated[
        list[Annotated[_ROW | _SECTION | _TEXT | _GALLERY | _SEPARATOR, Discriminator(by_type)]],
        Field(min_length=1),
    ]
    accent_color: Annotated[int, Field(ge=0, le=0xFFFFFF)] | None = None
    spoiler: bool | None = None


_CONTAINER = Annotated[Container, Tag("<17>")]
TopLevel = Annotated[_ROW | _SECTION | _TEXT | _GALLERY | _SEPARATOR | _CONTAINER, Discriminator(by_type)]


def walk(components: list[Any], path: Path = ("components",)) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every component in JSON with its path, outer before inner."""
    for number, item in enumerate(components):
        place = (*path, number)
        yield place, item
        yield from walk(item.get("components") or [], (*place, "components"))
        for name in ("accessory", "component"):
            if item.get(name) is not None:
                yield (*place, name), item[name]


def duplicates(components: list[Any]) -> Iterator[Flaw]:
    """Components with the same `custom_id`."""
    named = [(path, item["custom_id"]) for path, item in walk(components) if item.get("custom_id")]
    times = Counter(custom_id for _, custom_id in named)
    for path, custom_id in named:
        if times[custom_id] > 1:
            message = "Component custom id cannot be duplicated"
            yield Flaw((*path, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", message)

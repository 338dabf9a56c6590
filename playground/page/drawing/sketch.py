"""What the templates ask for while one thing is drawn."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urlsplit

from markupsafe import Markup

from playground.errors import Json
from playground.page.drawing import markdown, menus, times
from playground.page.drawing.names import Known
from playground.page.drawing.plain_text import cut, plain

_COLOURS = ("4752c4", "2d7d46", "a12d2f", "8a5a00", "7b3fa0", "1f6f8b", "b0306a", "4e5d6c")
"""Of pictures of users; white can be read on each."""

_NAMED = 100
"""Characters of an embed's title that name it to a screen reader."""

_WEB, _BUTTONS = {"http", "https"}, {"http", "https", "discord"}


@dataclass(frozen=True)
class Picture:
    """What stands in the place of a picture: nothing is loaded from outside.

    Attributes:
        href: where it is; None where only the bot knows.
    """

    label: str
    href: str | None


@dataclass(frozen=True)
class Sketch:
    """Something that is being drawn.

    Attributes:
        name: what its ids begin with.
        message: the id of the message it is; None for a form.
    """

    known: Known
    name: str
    message: str | None = None
    _numbers: Iterator[int] = field(default_factory=count)

    def text(self, text: str) -> Markup:
        """Markdown."""
        return markdown.render(text, self.known)

    def title(self, text: str) -> Markup:
        """Markdown within a line."""
        return markdown.render_title(text, self.known)

    def plain(self, text: str) -> str:
        """Markdown without its marks, and without what spoilers hide."""
        return cut(plain(text, self.known), _NAMED)

    @staticmethod
    def moment(text: str) -> Markup:
        """A moment of Discord's JSON."""
        return times.shown(times.read(text))

    def new_id(self) -> str:
        """An id that nothing else on the page has."""
        return f"{self.name}-{next(self._numbers)}"

    def menu(self, component: Json) -> menus.Menu:
        """A select menu."""
        return menus.menu(component, self.known)

    @staticmethod
    def emoji(component: Mapping[str, Mapping[str, object]]) -> str:
        """The emoji of a button."""
        return menus.emoji_text(component.get("emoji"))

    @staticmethod
    def picture(media: Mapping[str, str], description: str | None = None) -> Picture:
        """A picture by its address."""
        address = urlsplit(media["url"])
        label = f"Picture from {address.hostname or 'elsewhere'}"
        if address.scheme not in _WEB:
            return Picture(description or f"Picture {address.netloc}", None)
        return Picture(f"{description} ({label})" if description else label, media["url"])

    @staticmethod
    def address(url: str) -> str | None:
        """Where a button leads; None where a browser must not go."""
        return url if urlsplit(url).scheme in _BUTTONS else None

    @staticmethod
    def colour(author: Mapping[str, str]) -> str:
        """The colour of a user's picture."""
        number = int(author["id"])
        return _COLOURS[(number ^ number >> 22) % len(_COLOURS)]

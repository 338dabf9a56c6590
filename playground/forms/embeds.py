"""Embeds (Discord docs, "Embed Limits")."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from playground.forms.base import Address, Form, MediaAddress

TOTAL_TEXT = 6_000


def _text(most: int, least: int = 0) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=least, max_length=most)


class Media(Form):
    """An image or thumbnail."""

    url: MediaAddress


class Footer(Form):
    """The footer."""

    text: Annotated[str, _text(2048)]
    icon_url: MediaAddress | None = None


class Author(Form):
    """The author."""

    name: Annotated[str, _text(256)]
    url: Address | None = None
    icon_url: MediaAddress | None = None


class EmbedField(Form):
    """A field."""

    name: Annotated[str, _text(256, least=1)]
    value: Annotated[str, _text(1024, least=1)]
    inline: bool | None = None


class Embed(Form):
    """An embed."""

    title: Annotated[str, _text(256)] | None = None
    description: Annotated[str, _text(4096)] | None = None
    url: Address | None = None
    color: Annotated[int, Field(ge=0, le=0xFFFFFF)] | None = None
    timestamp: datetime | None = None
    footer: Footer | None = None
    author: Author | None = None
    image: Media | None = None
    thumbnail: Media | None = None
    fields: Annotated[list[EmbedField], Field(max_length=25)] | None = None

    def texts(self) -> Iterator[str]:
        """What counts towards the text of a message's embeds."""
        yield self.title or ""
        yield self.description or ""
        yield self.footer.text if self.footer else ""
        yield self.author.name if self.author else ""
        for field in self.fields or []:
            yield field.name
            yield field.value

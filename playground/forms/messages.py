"""Messages (Discord docs, "Create Message", "Allowed Mentions Object")."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from playground.errors import Flaw, Json
from playground.forms.base import Form, Snowflake
from playground.forms.components import ACTION_ROW, TEXT_DISPLAY, TopLevel, duplicates, walk
from playground.forms.embeds import TOTAL_TEXT, Embed

COMPONENTS_V2 = 1 << 15
FORWARD = 1
ROWS, V2_COMPONENTS, V2_TEXT = 5, 40, 4_000

Nonce = Annotated[str, BeforeValidator(str), Field(max_length=25)]


class AllowedMentions(Form):
    """Who may be pinged."""

    parse: list[str] | None = None
    users: Annotated[list[Snowflake], Field(max_length=100)] | None = None
    roles: Annotated[list[Snowflake], Field(max_length=100)] | None = None
    replied_user: bool | None = None

    def flaws(self) -> Iterator[Flaw]:
        """Kinds that do not exist, or are both allowed at large and named."""
        for number, kind in enumerate(self.parse or []):
            if kind not in {"users", "roles", "everyone"}:
                message = "Value must be one of ('roles', 'users', 'everyone')."
                yield Flaw(("parse", number), "BASE_TYPE_CHOICES", message)
            elif kind != "everyone" and getattr(self, kind):
                message = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
                yield Flaw((), "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message)


class Reference(Form):
    """The message that is answered."""

    message_id: Snowflake
    channel_id: Snowflake | None = None
    fail_if_not_exists: bool | None = None
    type: int | None = None

    def flaws(self) -> Iterator[Flaw]:
        """That it is forwarded, not answered."""
        if self.type == FORWARD:
            yield Flaw(("type",), "PLAYGROUND_UNSUPPORTED", "The playground takes no forwards.")


class MessageForm(Form):
    """A message. Files, stickers and polls are not part of the playground, and refused."""

    content: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] | None = None
    embeds: Annotated[list[Embed], Field(max_length=10)] | None = None
    components: list[TopLevel] | None = None
    flags: int | None = None
    tts: bool | None = None
    allowed_mentions: AllowedMentions | None = None
    nonce: Nonce | None = None
    enforce_nonce: bool | None = None
    message_reference: Reference | None = None
    attachments: list[Any] | None = None
    sticker_ids: list[Any] | None = None
    poll: Any = None

    def shown(self) -> Json:
        """What is seen of it, as the API writes it."""
        written = self.model_dump(mode="json", exclude_none=True, include={"content", "embeds", "components"})
        return {"content": "", "embeds": [], "components": []} | written

    def texts(self) -> Iterator[str]:
        """The texts in which somebody can be mentioned."""
        yield self.content or ""
        for _, component in walk(self.shown()["components"]):
            yield component.get("content", "")

    def flaws(self) -> Iterator[Flaw]:
        """What is over a limit of the message as a whole."""
        for name in ("attachments", "sticker_ids", "poll"):
            if getattr(self, name):
                yield Flaw((name,), "PLAYGROUND_UNSUPPORTED", f"The playground takes no {name}.")
        if sum(len(text) for embed in self.embeds or [] for text in embed.texts()) > TOTAL_TEXT:
            message = f"Embed size exceeds maximum size of {TOTAL_TEXT}"
            yield Flaw(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", message)
        components = self.shown()["components"]
        yield from self._v2(components) if (self.flags or 0) & COMPONENTS_V2 else _rows(components)
        yield from duplicates(components)

    def _v2(self, components: list[Json]) -> Iterator[Flaw]:
        for name in ("content", "embeds"):
            if getattr(self, name):
                message = f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
                yield Flaw((name,), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", message)
        every = [component for _, component in walk(components)]
        if len(every) > V2_COMPONENTS:
            message = f"Must be {V2_COMPONENTS} or fewer in length."
            yield Flaw(("components",), "BASE_TYPE_MAX_LENGTH", message)
        if sum(len(item["content"]) for item in every if item["type"] == TEXT_DISPLAY) > V2_TEXT:
            message = f"Displayable text size exceeds maximum size of {V2_TEXT}"
            yield Flaw(("components",), "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message)


def _rows(components: list[Json]) -> Iterator[Flaw]:
    if len(components) > ROWS:
        yield Flaw(("components",), "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {ROWS} in length.")
    for number, component in enumerate(components):
        if component["type"] != ACTION_ROW:
            message = f'Value of field "type" must be one of ({ACTION_ROW},).'
            yield Flaw(("components", number), "UNION_TYPE_CHOICES", message)

"""What a client says over the gateway."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from playground.forms.base import Form, Snowflake


def _several(value: object) -> object:
    return value if isinstance(value, list) or value is None else [value]


class PayloadForm(Form):
    """Anything it says."""

    op: int
    d: Any = None


class IdentifyForm(Form):
    """Who it is, and what it wants to hear."""

    token: str
    intents: int
    shard: list[int] | None = None


class MembersForm(Form):
    """Which members of a server it wants to know: some, those whose name begins so, or (an empty name) all."""

    guild_id: Snowflake
    query: str | None = None
    limit: Annotated[int, Field(ge=0)] = 0
    user_ids: Annotated[list[Snowflake], Field(max_length=100), BeforeValidator(_several)] | None = None
    nonce: Annotated[str, Field(max_length=32)] | None = None


class ResumeForm(Form):
    """Which session it goes on with, and the last event it saw."""

    token: str
    session_id: str
    seq: int

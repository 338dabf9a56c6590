"""What a client says over the gateway."""

from typing import Any

from playground.forms.base import Form


class PayloadForm(Form):
    """Anything it says."""

    op: int
    d: Any = None


class IdentifyForm(Form):
    """Who it is, and what it wants to hear."""

    token: str
    intents: int
    shard: list[int] | None = None


class ResumeForm(Form):
    """Which session it goes on with, and the last event it saw."""

    token: str
    session_id: str
    seq: int

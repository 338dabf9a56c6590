"""Changes of channels and threads (Discord docs, "Modify Channel")."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints

from playground.errors import Flaw
from playground.forms.base import Form, Required100, Snowflake


class _Change(Form):
    """What is to change; what the playground does not keep of a channel is refused."""

    model_config = ConfigDict(extra="allow", frozen=True)

    name: Required100 | None = None

    def flaws(self) -> Iterator[Flaw]:
        """What the playground does not keep."""
        for name in self.model_extra or ():
            yield Flaw((name,), "PLAYGROUND_UNSUPPORTED", f"The playground keeps no {name} of a channel.")


class ChannelChange(_Change):
    """Of a channel; without a topic where it is null."""

    topic: Annotated[str, StringConstraints(max_length=1024)] | None = None


class ThreadChange(_Change):
    """Of a thread or a post in a forum."""

    archived: bool | None = None
    locked: bool | None = None
    auto_archive_duration: Literal[60, 1440, 4320, 10080] | None = None
    applied_tags: Annotated[list[Snowflake], Field(max_length=5)] | None = None

    @property
    def only_opens(self) -> bool:
        """Whether it asks for nothing but that the thread is no longer archived."""
        return self.model_fields_set == {"archived"} and self.archived is False

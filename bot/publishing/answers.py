"""What is read of Discord's answers; an answer that is none of these raises a `ValueError`."""

from collections.abc import Iterator
from datetime import datetime

from pydantic import BaseModel, ConfigDict, TypeAdapter


class _Answer(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Made(_Answer):
    """A message or a thread that was made."""

    id: int


class Component(_Answer):
    """A button, a menu, or what holds some."""

    custom_id: str | None = None
    components: tuple["Component", ...] = ()
    accessory: "Component | None" = None

    def custom_ids(self) -> Iterator[str]:
        """Every custom id in it."""
        if self.custom_id is not None:
            yield self.custom_id
        for part in (*self.components, *([self.accessory] if self.accessory else [])):
            yield from part.custom_ids()


class Said(_Answer):
    """A message of a channel's history."""

    id: int
    components: tuple[Component, ...] = ()

    def carries(self, outbox_id: str) -> bool:
        """Whether a button or menu of it has that outbox id, which stands between colons."""
        ids = (custom_id for part in self.components for custom_id in part.custom_ids())
        return any(outbox_id in custom_id.split(":") for custom_id in ids)


class Tag(_Answer):
    """A tag of a forum; a moderated one may be set by those alone who manage threads."""

    id: int
    name: str
    moderated: bool = False


class Forum(_Answer):
    """A channel, as far as it may be a forum (Discord docs, "Channel Object")."""

    type: int
    flags: int = 0
    available_tags: tuple[Tag, ...] = ()


class Archiving(_Answer):
    """When a thread was archived, or opened again."""

    archive_timestamp: datetime


class Thread(_Answer):
    """A thread, or a post in a forum."""

    id: int
    owner_id: int | None = None
    parent_id: int | None = None
    thread_metadata: Archiving


class Threads(_Answer):
    """Some threads."""

    threads: tuple[Thread, ...]
    has_more: bool = False


HISTORY = TypeAdapter(tuple[Said, ...])
"""A page of a channel's history."""

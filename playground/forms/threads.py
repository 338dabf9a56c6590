"""Threads and posts in forums (Discord docs, "Start Thread from Message", "Start Thread in Forum")."""

from typing import Annotated, Literal

from pydantic import Field

from playground.forms.base import Form, Required100, Snowflake
from playground.forms.messages import MessageForm


class ThreadForm(Form):
    """A thread."""

    name: Required100
    auto_archive_duration: Literal[60, 1440, 4320, 10080] | None = None
    rate_limit_per_user: Annotated[int, Field(ge=0, le=21600)] | None = None


class LooseThreadForm(ThreadForm):
    """A thread that begins at no message; private (12) unless it is said."""

    type: Literal[10, 11, 12] = 12


class PostForm(ThreadForm):
    """A post in a forum."""

    applied_tags: Annotated[list[Snowflake], Field(max_length=5)] | None = None
    message: MessageForm

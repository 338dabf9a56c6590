"""Routes that start threads and posts in forums."""

from collections.abc import Sequence
from itertools import islice
from typing import Annotated

from pydantic import AwareDatetime, Field

from playground import permissions, views
from playground.errors import Flaw, Json, invalid_form, tag_required, thread_exists, wrong_channel_type
from playground.forms.base import Form, read
from playground.forms.threads import LooseThreadForm, PostForm, ThreadForm
from playground.messages import HAS_THREAD, hold_to_content
from playground.rest.calls import Call, Route
from playground.world import THREADS, Channel, ChannelType, Event

_PARENTS = {
    ChannelType.TEXT: ChannelType.PUBLIC_THREAD,
    ChannelType.ANNOUNCEMENT: ChannelType.ANNOUNCEMENT_THREAD,
}


class _Page(Form):
    before: AwareDatetime | None = None
    limit: Annotated[int, Field(ge=2, le=100)] = 50


def from_message(call: Call) -> Json:
    """Starts a thread at a message; it has the message's id."""
    parent = call.channel(permissions.CREATE_PUBLIC_THREADS)
    form = read(ThreadForm, call.body)
    found = call.world.message(parent, call.number("message_id"))
    if parent.type not in _PARENTS:
        raise wrong_channel_type()
    if found["flags"] & HAS_THREAD:
        raise thread_exists()
    thread = _begun(call, parent, form, _PARENTS[parent.type], int(found["id"]))
    told = _told(call, thread)
    found |= {"flags": found["flags"] | HAS_THREAD, "thread": views.channel(call.world, thread)}
    call.services.messages.changed(parent, found)
    return told


def loose(call: Call) -> Json:
    """Starts a thread without a message, or a post in a forum."""
    parent = call.channel()
    if parent.type is ChannelType.FORUM:
        return _post(call, parent)
    form = read(LooseThreadForm, call.body)
    if parent.type not in _PARENTS:
        raise wrong_channel_type()
    kind = ChannelType(form.type)
    private = kind is ChannelType.PRIVATE_THREAD
    call.channel(permissions.CREATE_PRIVATE_THREADS if private else permissions.CREATE_PUBLIC_THREADS)
    return _told(call, _begun(call, parent, form, kind))


def hold_to_tags(forum: Channel, applied: list[int]) -> None:
    """Refuses tags that a forum does not have (50035)."""
    known = {int(tag["id"]) for tag in forum.tags}
    unknown = [place for place, tag in enumerate(applied) if tag not in known]
    if unknown:
        message = "Value is not one of the forum's tags."
        raise invalid_form(Flaw(("applied_tags", place), "BASE_TYPE_CHOICES", message) for place in unknown)


def _post(call: Call, forum: Channel) -> Json:
    call.channel(permissions.SEND_MESSAGES)
    form = read(PostForm, call.body)
    hold_to_tags(forum, form.applied_tags or [])
    if forum.requires_tag and not form.applied_tags:
        raise tag_required()
    hold_to_content(form.message)
    thread = _begun(call, forum, form, ChannelType.PUBLIC_THREAD)
    thread.applied_tags = form.applied_tags or []
    told = _told(call, thread)
    first = call.services.messages.post(call.application.user, thread, form.message, message_id=thread.id)
    return told | {"message": first}


def _begun(
    call: Call, parent: Channel, form: ThreadForm, kind: ChannelType, thread_id: int | None = None
) -> Channel:
    thread = call.world.add_thread(parent, form.name, call.application.id, kind=kind, thread_id=thread_id)
    thread.archive_after = form.auto_archive_duration or thread.archive_after
    return thread


def _told(call: Call, thread: Channel) -> Json:
    """Tells of a new thread, and shows it to the bot, which is in it."""
    view = views.channel(call.world, thread)
    call.world.tell(Event("THREAD_CREATE", thread.guild_id, thread, view | {"newly_created": True}))
    return view | {"member": views.thread_member(thread, call.application.id)}


def active(call: Call) -> Json:
    """A server's threads that the bot can see, newest first, and in which of them it is."""
    shown = call.guild()
    threads = [
        thread
        for thread in reversed(shown.channels.values())
        if thread.type in THREADS
        and not thread.archived
        and permissions.may(shown, thread, call.application.id, permissions.VIEW_CHANNEL)
    ]
    return _listed(call, threads, more=False)


def archived(call: Call) -> Json:
    """The archived public threads of a channel, those archived last first."""
    page = read(_Page, call.query)
    parent = call.channel(permissions.READ_MESSAGE_HISTORY)
    found = sorted(
        (
            thread
            for thread in call.world.threads(parent)
            if thread.archived
            and thread.type is not ChannelType.PRIVATE_THREAD
            and (page.before is None or views.archived_at(thread) < page.before)
        ),
        key=views.archived_at,
        reverse=True,
    )
    return _listed(call, [*islice(found, page.limit)], more=len(found) > page.limit)


def _listed(call: Call, threads: Sequence[Channel], *, more: bool) -> Json:
    own = [thread for thread in threads if thread.owner_id == call.application.id]
    return {
        "threads": [views.channel(call.world, thread) for thread in threads],
        "members": [views.thread_member(thread, call.application.id) for thread in own],
        "has_more": more,
    }


ROUTES = [
    Route("POST", "/channels/{channel_id}/messages/{message_id}/threads", from_message, status=201),
    Route("POST", "/channels/{channel_id}/threads", loose, status=201),
    Route("GET", "/guilds/{guild_id}/threads/active", active),
    Route("GET", "/channels/{channel_id}/threads/archived/public", archived),
]

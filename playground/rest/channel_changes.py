"""Routes that change and remove channels and threads."""

from playground import permissions, views
from playground.errors import Json, missing_permissions, thread_archived, wrong_channel_type
from playground.forms.base import read
from playground.forms.channels import ChannelChange, ThreadChange
from playground.rest.calls import Call, Route
from playground.rest.threads import hold_to_tags
from playground.world import THREADS, Channel


def change(call: Call) -> Json:
    """Changes a channel of a server or a thread; what the body leaves out stays."""
    shown = call.channel()
    if shown.guild_id is None:
        raise wrong_channel_type()
    if shown.type in THREADS:
        _change_thread(call, shown)
    else:
        _change_channel(call, shown)
    call.world.changed(shown)
    return views.channel(call.world, shown)


def remove(call: Call) -> Json:
    """Removes a channel of a server or a thread, and shows it once more; direct messages are only closed."""
    shown = call.channel()
    view = views.channel(call.world, shown)
    if shown.guild_id is not None:
        call.channel(permissions.MANAGE_THREADS if shown.type in THREADS else permissions.MANAGE_CHANNELS)
        call.world.remove_channel(shown)
    return view


def _change_channel(call: Call, shown: Channel) -> None:
    call.channel(permissions.MANAGE_CHANNELS)
    form = read(ChannelChange, call.body)
    shown.name = form.name or shown.name
    if "topic" in form.model_fields_set:
        shown.topic = form.topic or None


def _change_thread(call: Call, thread: Channel) -> None:
    form = read(ThreadChange, call.body)
    if not _may_change(call, thread, form):
        raise missing_permissions()
    if thread.archived and form.archived is not False:
        raise thread_archived()
    if form.applied_tags is not None:
        hold_to_tags(call.world.channel(thread.parent_id or 0), form.applied_tags)
        thread.applied_tags = form.applied_tags
    thread.name = form.name or thread.name
    thread.archive_after = form.auto_archive_duration or thread.archive_after
    thread.locked = thread.locked if form.locked is None else form.locked
    if form.archived is not None and form.archived != thread.archived:
        thread.archived, thread.archive_changed = form.archived, call.world.now()


def _may_change(call: Call, thread: Channel, form: ThreadChange) -> bool:
    """Whoever manages threads; who began it, but for the lock; to open it, whoever may write in it."""
    bits = permissions.in_channel(call.world.guild(thread.guild_id or 0), thread, call.application.id)
    if bits & permissions.MANAGE_THREADS:
        return True
    if thread.locked or form.locked is not None:
        return False
    may_write = bool(bits & permissions.SEND_MESSAGES_IN_THREADS)
    return thread.owner_id == call.application.id or (form.only_opens and may_write)


ROUTES = [
    Route("PATCH", "/channels/{channel_id}", change),
    Route("DELETE", "/channels/{channel_id}", remove),
]

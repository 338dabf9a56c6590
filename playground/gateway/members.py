"""Members that a client asks for over the gateway (Discord docs, "Request Guild Members")."""

from collections.abc import Iterator, Sequence

from playground import views
from playground.errors import Json
from playground.gateway.forms import MembersForm
from playground.world import Guild, Member

CHUNK, MOST_NAMED = 1_000, 100
"""How many members one event brings, and how many a search by name finds."""


def chunks(guild: Guild, form: MembersForm, *, everybody: bool) -> Iterator[Json]:
    """The data of the GUILD_MEMBERS_CHUNK events that answer, at least one.

    Args:
        guild: whose members they are.
        form: which of them.
        everybody: whether the client may hear of all, which takes the intent GUILD_MEMBERS.
    """
    found = _chosen(guild, form, everybody=everybody)
    parts = [found[start : start + CHUNK] for start in range(0, len(found), CHUNK)] or [[]]
    told: Json = {"guild_id": str(guild.id), "chunk_count": len(parts)}
    if form.user_ids is not None:
        told["not_found"] = [str(user_id) for user_id in form.user_ids if user_id not in guild.members]
    if form.nonce is not None:
        told["nonce"] = form.nonce
    for number, part in enumerate(parts):
        yield told | {"chunk_index": number, "members": [views.member(member) for member in part]}


def _chosen(guild: Guild, form: MembersForm, *, everybody: bool) -> Sequence[Member]:
    if form.user_ids is not None:
        return [guild.members[user_id] for user_id in form.user_ids if user_id in guild.members]
    if not form.query:
        return [*guild.members.values()][: form.limit or None] if everybody else []
    start = form.query.lower()
    named = [member for member in guild.members.values() if member.user.name.lower().startswith(start)]
    return named[: min(form.limit, MOST_NAMED) or MOST_NAMED]

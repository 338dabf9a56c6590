"""What `/privacy` shows, whatever is kept."""

from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from cogs.cards import privacy
from cogs.cards.notice import people_to_tell
from cogs.cards.text import size
from papers.models import Destination, DestinationKind, Subscription
from papers.ports.privacy import NOBODY, KeptOfGuild, KeptOfPerson
from support.subscriptions import CHANNEL, wanted

counts = st.integers(0, 10**9)
people = st.builds(
    KeptOfPerson,
    direct=st.lists(st.text(max_size=3_000), max_size=40).map(tuple),
    messages=counts,
    made=counts,
    corrections=counts,
    drafts=counts,
)
guilds = st.builds(
    KeptOfGuild, subscriptions=counts, places=counts, messages=counts, corrections=counts, drafts=counts
)


@given(people, guilds, st.integers(1, 2**63 - 1))
def test_whatever_is_kept_fits_and_pings_nobody(person: KeptOfPerson, guild: KeptOfGuild, name: int) -> None:
    body = cast("dict[str, Any]", privacy.overview(person, name, guild, name))
    assert all(0 < size(embed["description"]) <= 4096 for embed in body["embeds"])
    assert sum(size(embed["description"] + embed["title"]) for embed in body["embeds"]) <= 6000
    assert body["allowed_mentions"] == {"parse": []}
    offered = [item["custom_id"] for row in body["components"] for item in row["components"]]
    kept = {
        f"privacy:person:{name}": person != KeptOfPerson(),
        f"privacy:guild:{name}": guild != KeptOfGuild(),
    }
    assert offered == [custom_id for custom_id, is_kept in kept.items() if is_kept]


def test_a_query_is_shown_letter_by_letter() -> None:
    body = cast("dict[str, Any]", privacy.overview(KeptOfPerson(direct=("<@7> **a**", "")), 7))
    assert body["embeds"][0]["description"] == (
        "• 2 subscriptions in your direct messages: **\\<@7\\> \\*\\*a\\*\\***, **all papers**"
    )


def test_nobody_is_told_in_place_of_somebody_who_is_forgotten() -> None:
    subscriptions = [
        Subscription(**wanted("", CHANNEL, created_by=person).model_dump(), id=person)
        for person in (NOBODY, 7)
    ]
    told = people_to_tell(subscriptions)
    assert list(told) == [Destination(kind=DestinationKind.DIRECT, target_id=7)]

"""The answer to `/why` keeps to what an embed may hold, and shows text letter by letter."""

import pytest

from cogs.cards.text import size
from cogs.cards.why import why_text
from papers.models import Subscription
from papers.query import MAX_LENGTH
from papers.reasons import Reason, Why
from support.papers import announced, paper
from support.subscriptions import CHANNEL, wanted

DESCRIPTION_LIMIT = 4_096
LONG = " OR ".join(f"upvotes:>{number}" for number in range(99_000, 99_050))


def subscribed(query: str = "") -> Subscription:
    return Subscription(id=1, **dict(wanted(query)))


@pytest.mark.parametrize("reason", [Reason.NOT_MATCHED, Reason.FAILED, Reason.POSTED, Reason.CLOSED])
@pytest.mark.parametrize("count", [1, 10, 40])
def test_the_longest_answer_fits_into_an_embed(reason: Reason, count: int) -> None:
    assert len(LONG) <= MAX_LENGTH
    whys = [Why(reason=reason, subscription=subscribed(LONG), detail=LONG) for _ in range(count)]
    text = why_text(CHANNEL, paper(announced("2607.00001", "*" * 500)), whys)
    assert size(text) <= DESCRIPTION_LIMIT
    assert "upvotes:" in text


def test_what_was_left_out_is_counted() -> None:
    text = why_text(
        CHANNEL, paper(), [Why(reason=Reason.NOT_MATCHED, subscription=subscribed(LONG), detail=LONG)] * 40
    )
    shown = text.count("\n- ")
    assert shown
    assert text.endswith(f"-# and {40 - shown} more")


@pytest.mark.parametrize("reason", [Reason.FAILED, Reason.CLOSED, Reason.UNREADABLE])
def test_details_are_shown_letter_by_letter(reason: Reason) -> None:
    text = why_text(CHANNEL, paper(), [Why(reason=reason, subscription=subscribed(), detail="a_b <@1> *c*")])
    assert r"a\_b \<@1\> \*c\*" in text

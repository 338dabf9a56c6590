from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from cogs.cards.corrections import MOST, controls, corrected, form, taken_back
from papers import taxonomy
from papers.models import Classification, Correction, Paper, first_key
from playground.forms.base import read
from playground.forms.messages import MessageForm
from playground.forms.modals import ModalForm
from support.papers import AT, DAY

titles = st.one_of(
    st.text(max_size=80), st.sampled_from(("@everyone <@1> **b**", "\u202e", "漢" * 300, "🙂" * 300))
)
papers = st.builds(
    lambda title, names: Paper(
        key=first_key(DAY),
        arxiv_id="astro-ph/0601001",
        title=title,
        classifications=tuple(Classification(name=name) for name in names),
    ),
    titles,
    st.lists(st.sampled_from(taxonomy.NAMES) | titles, max_size=30),
)


def said(paper: Paper) -> Correction:
    return Correction(
        id=10**12,
        guild_id=1,
        arxiv_id=paper.arxiv_id,
        person=1,
        classifications=("Other",),
        at=AT,
        replaced=(),
        counts=True,
        promoted=False,
    )


@given(papers)
def test_the_form_is_within_every_limit_and_shows_the_first_that_count(paper: Paper) -> None:
    body = cast("dict[str, Any]", form(paper))
    read(ModalForm, body)
    menus = [label["component"] for label in body["components"]]
    chosen = {option["value"] for menu in menus for option in menu["options"] if option["default"]}
    known = [item.name for item in paper.classifications if item.name in taxonomy.NAMES]
    assert chosen == set(list(dict.fromkeys(known))[:MOST])
    for menu in menus:
        assert sum(option["default"] for option in menu["options"]) <= menu["max_values"]


@given(papers)
def test_what_is_said_is_within_every_limit_and_pings_nobody(paper: Paper) -> None:
    own = said(paper)
    for payload in (
        corrected(paper, own),
        taken_back(paper, by_others=True),
        {"components": [controls(paper, own)], "content": "x"},
    ):
        read(MessageForm, payload)
    assert corrected(paper, own)["allowed_mentions"] == {"parse": []}


def test_a_label_spelt_otherwise_is_chosen_all_the_same() -> None:
    paper = Paper(
        key=first_key(DAY),
        arxiv_id="1",
        title="T",
        classifications=(Classification(name="text to video"), Classification(name="Text-to-Video")),
    )
    fields = cast("dict[str, Any]", form(paper))["components"]
    chosen = [
        option["value"] for field in fields for option in field["component"]["options"] if option["default"]
    ]
    assert chosen == ["Text-to-Video"]

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papers.links import find, key, read, recognise
from papers.links.release_cues import Stance, sightings, stance
from papers.links.releases import released
from papers.models import Link, LinkKind

OWN = "https://github.com/marsh/waves"
OTHERS = "https://github.com/brook/rivers"
MODEL = "https://huggingface.co/brook/Rivers-7B"
DATA = "https://huggingface.co/datasets/brook/beds"
TITLE = "Tide: forecasting the sea"


def link(url: str) -> Link:
    found = recognise(url)
    assert found is not None
    return found


def urls(*texts: str, title: str = TITLE, vouched: tuple[str, ...] = (), unclear: bool = True) -> list[str]:
    found = released(texts, title=title, vouched=[link(url) for url in vouched], keep_unclear=unclear)
    return [item.url for item in found]


@pytest.mark.parametrize(
    "text",
    [
        f"Code is available at {OWN}.",
        f"Our code and models can be found here: {OWN}",
        f"We release all of it ({OWN}).",
        f"The code will be released in the future at: {OWN}.",
        f"Code: {OWN}",
        f"We will open-source data and weights under {OWN}.",
        f"Codes have been published on {OWN} .",
        f"For details, see {OWN}.",
        f"The code is public. {OWN}",
        rf"Our implementation is at \url{{{OWN}}}.",
        f"At {OWN} is our code.",
        f"We make {OWN} publicly available.",
        f"Our code, which is based on Rivers, is available at {OWN}.",
        f"Codes are compared to those of others. The data are downloadable from our site, {OWN}",
        f"The code used in this work is at {OWN}.",
        f"Code and models are available and implemented using the Brook framework at {OWN}.",
    ],
)
def test_what_the_sentence_releases_is_kept(text: str) -> None:
    assert urls(text) == [OWN]
    assert urls(text, unclear=False) == [OWN]


@pytest.mark.parametrize(
    "text",
    [
        "It is based on Rivers ({}).",
        "We use the Rivers library ({}) for training.",
        "It is built on top of {}.",
        "We fine-tune {} on tides.",
        "The weights are initialized from Rivers [{}].",
        "We evaluate with the harness of Brook et al. ({}).",
        "Starting from {}, we train on waves.",
        "Data are collected from {}.",
        "It is compared with baselines such as Rivers, {}.",
        "Following the recipe released by Brook ({}), it learns.",
        "Results of existing methods ({}) are worse.",
    ],
)
@pytest.mark.parametrize("url", [OTHERS, MODEL, DATA])
def test_what_the_sentence_gives_to_others_is_left_out(text: str, url: str) -> None:
    assert urls(text.format(url)) == []
    assert urls(f"{text.format(url)} Our code is available at {OWN}.") == [OWN]
    assert urls(f"Our code is available at {OWN}. {text.format(url)}") == [OWN]
    assert urls(text.format(url), vouched=(url,)) == [url]


def test_of_one_sentence_each_link_is_judged_by_the_words_before_it() -> None:
    assert urls(f"The code, built on Rivers ({OTHERS}), is available at {OWN}.") == [OWN]
    assert urls(f"The code is available at {OWN} and built on {OTHERS}.") == [OWN]
    assert urls(f"Code and data are available at {OWN} and {DATA}.") == [OWN, DATA]
    assert urls(f"We train {MODEL} further and release the result at {OWN}") == [OWN]


def test_where_the_sentence_says_nothing_the_owner_and_the_name_tell() -> None:
    unclear = "Tides matter {}"
    assert urls(unclear.format(OTHERS)) == [OTHERS]
    assert urls(unclear.format(OTHERS), unclear=False) == []
    assert urls(unclear.format(OTHERS), vouched=(OWN,)) == []
    assert urls(unclear.format("https://github.com/marsh/other"), vouched=(OWN,)) == [
        "https://github.com/marsh/other"
    ]
    assert urls(unclear.format(MODEL)) == []
    assert urls(unclear.format(MODEL), vouched=(DATA,)) == [MODEL]
    assert urls(unclear.format("https://huggingface.co/brook/Tide-7B"), unclear=False) == [
        "https://huggingface.co/brook/Tide-7B"
    ]


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("Tide: forecasting the sea", "https://github.com/brook/tide-official"),
        ("TideMark: forecasting", "https://github.com/brook/mytidemarks"),
        ("Forecasting with TIDE-2", "https://github.com/brook/Tide2"),
        ("One-shot entropy for seas", "https://github.com/brook/one-shot-entropy"),
        ("Tide: forecasting the sea", "https://tide-forecast.github.io/"),
        ("Tide: forecasting the sea", "https://brook.github.io/tide"),
    ],
)
def test_what_bears_the_papers_name_is_its_own(title: str, url: str) -> None:
    assert urls(f"Based on much, {url} works", title=title, unclear=False) == [url]


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("LLaVA-3D: seeing depth", "https://github.com/brook/llava"),
        ("The sea", "https://github.com/brook/sea"),
        ("AI: a survey", "https://github.com/brook/ai-rivers"),
        ("ARM: adaptive seas", "https://github.com/brook/charm"),
    ],
)
def test_a_part_of_the_name_or_a_common_word_is_not_enough(title: str, url: str) -> None:
    assert urls(f"It is based on {url}", title=title) == []


def test_texts_are_read_in_their_order_and_links_once() -> None:
    assert urls(f"Code: {OWN}", f"12 pages; code at {OWN}/tree/main and data at {DATA}") == [OWN, DATA]
    assert urls() == []


def test_a_link_is_spelled_as_it_is_known_already() -> None:
    page, other = read("https://marsh.github.io/sea/"), "https://marsh.github.io/sea"
    assert page is not None
    assert released([f"Project page: {other}"], title=TITLE, vouched=[page]) == (page,)
    assert urls(f"Code: {OWN.upper().replace('HTTPS', 'https')}", vouched=(OWN,)) == [OWN]


def test_words_inside_an_address_tell_nothing() -> None:
    address = "https://github.com/brook/based-on-code-available-at"
    [sighting] = sightings(f"Rivers {address}")
    assert sighting.stance is Stance.NEUTRAL


def test_what_speaks_against_a_link_does_so_only_near_it() -> None:
    far = "and a description of every step that was taken on the way to these results in full"
    assert stance("We build on Rivers, ", "") is Stance.OTHERS
    assert stance(f"We build on Rivers, {far}, ", "") is Stance.NEUTRAL


words = st.sampled_from(
    [
        "Code",
        "is",
        "available",
        "at",
        ".",
        "based",
        "on",
        "we",
        "use",
        "from",
        ":",
        "(",
        ")",
        "\n",
        "The",
        "e.g.",
    ]
)
marks = st.sampled_from([OWN, MODEL, DATA, "tide.github.io/x", "\ufffc", "@"])
texts = st.text() | st.lists(words | marks, max_size=40).map(" ".join)


def test_a_link_named_first_and_released_last_keeps_its_place() -> None:
    text = f"We use {OTHERS}. Data are available at {DATA}. We release {OTHERS}."
    assert urls(text) == [OTHERS, DATA]


@pytest.mark.parametrize("unclear", [True, False])
@given(told=st.lists(texts, max_size=3), title=st.text(), vouched=st.sets(st.sampled_from([OWN, MODEL])))
@example(told=["\ufffc@\ufffc " + OWN], title="\ufffc", vouched=set())
def test_what_is_released_was_found_in_the_texts_in_their_order(
    told: list[str], title: str, vouched: set[str], *, unclear: bool
) -> None:
    found = find(" \n ".join(told))
    own = released(told, title=title, vouched=[*map(link, vouched)], keep_unclear=unclear)
    keys = [key(item) for item in own]
    assert [key(item) for item in found if key(item) in keys] == keys
    assert {item for item in found if item.url in vouched} <= {*own}


@pytest.mark.parametrize(
    "text",
    [
        *(f"we use {OWN} " * 300, "a " * 20_000 + OWN, "based on " * 5_000 + OWN, "(" * 30_000 + OWN),
        f"from 0https://x.org/{'0' * 200} 0 0 0 0 0 0 0 0 0 {OWN}",
        f"from{'-.' * 150} {OWN}",
    ],
)
def test_long_texts_are_read_too(text: str) -> None:
    assert link(OWN) in released([text], title=TITLE, vouched=[link(OWN)])


def test_nearly_every_link_of_real_abstracts_is_the_papers_own(shared_data: Path) -> None:
    lines = (shared_data / "abstracts.jsonl").read_text(encoding="utf-8").splitlines()
    papers = [json.loads(line) for line in lines]
    found = sum(_count(find(paper["abstract"])) for paper in papers)
    own = sum(_count(released([paper["abstract"]], title=paper["title"], vouched=())) for paper in papers)
    assert 0.99 * found <= own <= found
    assert found > 700


def _count(links: tuple[Link, ...]) -> int:
    return sum(item.kind is LinkKind.CODE for item in links)

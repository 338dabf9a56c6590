import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papers.links import find, key, read, recognise
from papers.models import Link, LinkKind

CODE = Link(kind=LinkKind.CODE, url="https://github.com/Some-Lab/some_repo.v2")
MODEL = Link(kind=LinkKind.MODEL, url="https://huggingface.co/Some-Lab/Model-7B")

hosts = st.sampled_from(["https://", "HTTP://", "www.", "github.com/", "hf.co/", "huggingface.co/"])
pieces = st.sampled_from(["o", "r", "spaces/", "datasets/", "..", ".git", "%20", "\\_"]) | st.sampled_from(
    "/.-_?#@~) {é上"
)
url_like = st.lists(hosts | pieces).map("".join)
any_text = st.text() | url_like


@pytest.mark.parametrize(
    "written",
    [
        "https://github.com/Some-Lab/some_repo.v2",
        "http://github.com/Some-Lab/some_repo.v2/",
        "HTTPS://WWW.GitHub.com/Some-Lab/some_repo.v2",
        "github.com/Some-Lab/some_repo.v2.git",
        "github.com/Some-Lab/some_repo.v2.git.",
        "https://github.com/Some-Lab/some_repo.v2/tree/main/src",
        "https://github.com/Some-Lab/some_repo.v2/blob/main/README.md?plain=1#L3",
        "https://github.com/Some-Lab/some_repo.v2?tab=readme-ov-file",
        "https://github.com/Some-Lab/some_repo.v2#install",
        "https://github.com/Some-Lab/some_repo.v2@main",
        "(https://github.com/Some-Lab/some_repo.v2).",
        "<https://github.com/Some-Lab/some_repo.v2>",
        " `github.com/Some-Lab/some_repo.v2`,\n",
        r"https://github.com/Some-Lab/some\_repo.v2",
    ],
)
def test_a_repository_has_one_form(written: str) -> None:
    assert recognise(written) == CODE


@pytest.mark.parametrize(
    ("written", "kind", "url"),
    [
        ("hf.co/Some-Lab/Model-7B", LinkKind.MODEL, "https://huggingface.co/Some-Lab/Model-7B"),
        ("https://huggingface.co/o/n/tree/main", LinkKind.MODEL, "https://huggingface.co/o/n"),
        ("www.huggingface.co/o/n-", LinkKind.MODEL, "https://huggingface.co/o/n"),
        (
            "https://hf.co/datasets/o/n/viewer/default",
            LinkKind.DATASET,
            "https://huggingface.co/datasets/o/n",
        ),
        ("hf.co/spaces/o/n", LinkKind.SPACE, "https://huggingface.co/spaces/o/n"),
        ("hf.co/Spaces/o/n?logs=1", LinkKind.SPACE, "https://huggingface.co/spaces/o/n"),
        (
            "https://huggingface.co/collections/o/a-set-67ef5be12949d8dcdae354c4",
            LinkKind.COLLECTION,
            "https://huggingface.co/collections/o/a-set-67ef5be12949d8dcdae354c4",
        ),
    ],
)
def test_a_page_of_the_hub_has_a_kind_and_one_form(written: str, kind: LinkKind, url: str) -> None:
    assert recognise(written) == Link(kind=kind, url=url)


NO_LINKS = """
null; None; string; N/A; []; https://; hf.co; https://huggingface.co/; github.com; https://www.github.com/
https://github.com/only-owner; https://github.com/only-owner/; https://github.com//r; github.com/o/..
https://github.com/o/.git; https://github.com/o/r%20x; https://github.com/-o/r; https://github.com/o/répertoire
https://github.com/features/copilot; https://github.com/orgs/o/people; github.com/topics/llm; GitHub.com/Search/x
https://huggingface.co/papers/2409.17481; https://huggingface.co/docs/hub; hf.co/blog/some-post; hf.co/models
hf.co/only-owner; hf.co/datasets/only-name; hf.co/spaces/o; hf.co/o/models; hf.co/o/activity/all
hf.co/api/daily_papers; hf.co/o/a..b; hf.co/o/a--b; https://o.hf.space/n; https://gist.github.com/o/r
https://o.github.io/r; https://raw.githubusercontent.com/o/r/main/x; https://github.com.evil.example/o/r
https://github.com@evil.example/o/r; https://evil.example/github.com/o/r; ftp://github.com/o/r
https://user@github.com/o/r; javascript:github.com/o/r; gist.github.com/o/r
"""


@pytest.mark.parametrize("written", ["", *re.split(r";|\n", NO_LINKS)])
def test_everything_else_is_no_link(written: str) -> None:
    assert recognise(written) is None


@pytest.mark.parametrize(
    "text",
    [
        "Code: https://github.com/Some-Lab/some_repo.v2.",
        "The code (github.com/Some-Lab/some_repo.v2) and more",
        "at https://github.com/Some-Lab/some_repo.v2, where",
        "see [here](https://github.com/Some-Lab/some_repo.v2)!",
        r"at \url{https://github.com/Some-Lab/some_repo.v2}.",
        r"at $\href{https://github.com/Some-Lab/some\_repo.v2}{here}$",
        "at https://github.com/Some-Lab/some_repo.v2{https://github.com/Some-Lab/some_repo.v2}.",
        "**https://github.com/Some-Lab/some_repo.v2/tree/main/src**",
        "<a href='https://github.com/Some-Lab/some_repo.v2'>code</a>",
        "Code:https://github.com/Some-Lab/some_repo.v2?tab=readme",
        "代码在https://github.com/Some-Lab/some_repo.v2。",
        "available athttps://github.com/Some-Lab/some_repo.v2.",
        "at https: //github.com/Some-Lab/some_repo.v2.",
        "at //github.com/Some-Lab/some_repo.v2.git.",
        "at\nhttps://github.com/Some-Lab/some_repo.v2\nand",
    ],
)
def test_a_link_is_found_in_prose(text: str) -> None:
    assert find(text) == (CODE,)


def test_links_are_found_in_order_and_once_each() -> None:
    text = "Model: hf.co/Some-Lab/Model-7B; code: github.com/Some-Lab/some_repo.v2 (huggingface.co/Some-Lab/Model-7B)."
    assert find(text) == (MODEL, CODE)


@pytest.mark.parametrize(
    "text",
    [
        "visit https://github.com/features/copilot or huggingface.co/papers/2409.17481",
        "https://web.archive.example/web/https://github.com/o/r",
        "mygithub.com/o/r and x.hf.co/o/n and me@github.com/o/r",
        "github.com/o/r%20x",
        "ftp://github.com/o/r",
        "https://user@github.com/o/r",
    ],
)
def test_what_only_looks_like_a_link_is_not_found(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(
    ("before", "longest", "after"),
    [("github.com/", 39, "/r"), ("github.com/o/", 100, ""), ("hf.co/o/", 96, ""), ("hf.co/", 96, "/n")],
)
def test_names_are_as_long_as_the_host_allows(before: str, longest: int, after: str) -> None:
    assert recognise(before + "x" * longest + after) is not None
    assert recognise(before + "x" * (longest + 1) + after) is None


@given(any_text)
@example("hf.co/" * 3)
@example("hf.co/o/n.git-")
@example("github.com/o/r.git.git.")
@example("github.com/o/r..git")
def test_any_text_has_at_most_one_form_and_it_stays(text: str) -> None:
    link = recognise(text)
    assert link is None or recognise(link.url) == link
    assert link is None or find(link.url) == (link,)


@given(any_text)
@example("hf.co/a.git/b- https://github.com/x_y/..z")
def test_any_text_can_be_searched(text: str) -> None:
    links = find(text)
    assert len({key(link) for link in links}) == len(links)
    assert all(read(link.url) == link for link in links)


@pytest.mark.parametrize(
    "text",
    ["at https:\n   //github.com/Some-Lab/some_repo.v2", "at https://github. com/Some-Lab/some_repo.v2."],
)
def test_a_link_with_a_space_in_it_is_found(text: str) -> None:
    assert find(text) == (CODE,)

import pytest

from papers.links import find, recognise
from papers.models import Link, LinkKind


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("https://gitlab.com/tides/model.git", "gitlab.com/tides/model"),
        ("gitlab.com/tides/coast/north/model", "gitlab.com/tides/coast/north/model"),
        ("https://gitlab.com/tides/coast/model/-/tree/main/src", "gitlab.com/tides/coast/model"),
        ("https://gitlab.com/tides/model/tree/main", "gitlab.com/tides/model"),
        ("https://GitLab.com/tides/model/", "gitlab.com/tides/model"),
        ("https://gitlab.sea.example/tides/model/-/issues", "gitlab.sea.example/tides/model"),
        ("https://framagit.org/tides/model", "framagit.org/tides/model"),
        ("https://codeberg.org/tides/model/src/branch/main", "codeberg.org/tides/model"),
        ("https://bitbucket.org/tides/model/src/master/", "bitbucket.org/tides/model"),
        ("https://gitee.com/tides/model/tree/master", "gitee.com/tides/model"),
        ("https://gitcode.com/tides/model", "gitcode.com/tides/model"),
        ("https://git.sr.ht/~tides/model/tree", "git.sr.ht/~tides/model"),
    ],
)
def test_code_on_other_hosts_has_one_form(written: str, form: str) -> None:
    link = Link(kind=LinkKind.CODE, url=f"https://{form}")
    assert recognise(written) == link
    assert recognise(link.url) == link
    assert find(f"The code ({written}) is there.") == (link,)


@pytest.mark.parametrize(
    "written",
    [
        *("https://gitlab.com", "https://gitlab.com/tides", "https://gitlab.com/explore/projects"),
        *(
            "https://gitlab.com/-/tides/model",
            "https://gitlab.com/tides//model",
            "https://gitlab.io/tides/model",
        ),
        *(
            "https://tides.gitlab.io/model",
            "https://gitlab.com/" + "g/" * 25 + "model",
            "https://gitlab.com/a/é",
        ),
        *(
            "https://codeberg.org/explore/repos",
            "https://git.sr.ht/tides/model",
            "https://sr.ht/~tides/model",
        ),
        *(
            "https://bitbucket.org/product/features",
            "https://gitee.com/tides",
            "https://gitcode.com/tides/%20",
        ),
        *("https://notgitlab.com/tides/model", "https://gitlab.com.sea.example:80/tides/model"),
    ],
)
def test_other_pages_of_these_hosts_are_no_code(written: str) -> None:
    assert recognise(written) is None


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("https://anonymous.4open.science/r/tides-0CD0", "anonymous.4open.science/r/tides-0CD0"),
        ("https://anonymous.4open.science/r/tides-0CD0/README.md.", "anonymous.4open.science/r/tides-0CD0"),
        ("https://anonymous.4open.science/repository/0cd0-11/", "anonymous.4open.science/r/0cd0-11"),
        ("https://anon-github.automl.cc/r/tides-0CD0", "anon-github.automl.cc/r/tides-0CD0"),
        ("https://github.com/anonymous-submission-42/tides", "github.com/anonymous-submission-42/tides"),
        ("https://github.com/AnonymousAuthors/tides", "github.com/AnonymousAuthors/tides"),
        ("https://github.com/anon2026/tides", "github.com/anon2026/tides"),
    ],
)
def test_code_put_up_for_a_review_is_marked(written: str, form: str) -> None:
    assert recognise(written) == Link(kind=LinkKind.CODE, url=f"https://{form}", anonymous=True)


def test_data_put_up_for_a_review_is_marked() -> None:
    link = recognise("https://huggingface.co/datasets/anonymous1233/tides")
    assert link == Link(
        kind=LinkKind.DATASET, url="https://huggingface.co/datasets/anonymous1233/tides", anonymous=True
    )


@pytest.mark.parametrize("owner", ["anonymizer", "anonymouth", "canon", "Anonaware", "tides"])
def test_a_name_that_only_begins_so_hides_nobody(owner: str) -> None:
    link = recognise(f"https://github.com/{owner}/anonymous")
    assert link is not None
    assert not link.anonymous

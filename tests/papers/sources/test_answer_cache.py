from hypothesis import given
from hypothesis import strategies as st

from papers.sources.answer_cache import AnswerCache, KeptAnswer


def kept(body: bytes, tag: str = '"1"') -> KeptAnswer:
    return KeptAnswer.of(body, {"ETag": tag})


def test_an_answer_is_asked_about_by_all_that_it_says_of_its_age() -> None:
    dated = KeptAnswer.of(b"[]", {"ETag": '"1"', "Last-Modified": "Thu, 25 Jun 2026 03:02:00 GMT"})
    assert dated.conditions == {
        "If-None-Match": '"1"',
        "If-Modified-Since": "Thu, 25 Jun 2026 03:02:00 GMT",
    }


def test_an_answer_that_cannot_be_asked_about_is_not_kept_and_takes_the_older_one_away() -> None:
    cache = AnswerCache(answers=2, size=100)
    cache.put("a", kept(b"old"))
    cache.put("a", KeptAnswer.of(b"new", {}))
    assert cache.get("a") is None


def test_the_answers_used_last_stay() -> None:
    cache = AnswerCache(answers=2, size=100)
    cache.put("a", kept(b"a"))
    cache.put("b", kept(b"b"))
    assert cache.get("a")
    cache.put("c", kept(b"c"))
    assert [url for url in "abc" if cache.get(url)] == ["a", "c"]


@given(
    st.integers(0, 3),
    st.integers(0, 12),
    st.lists(st.tuples(st.sampled_from("abcde"), st.binary(max_size=9))),
)
def test_it_keeps_to_its_limits_and_gives_back_the_newest(
    answers: int, size: int, puts: list[tuple[str, bytes]]
) -> None:
    cache = AnswerCache(answers=answers, size=size)
    for url, body in puts:
        cache.put(url, kept(body))
        found = [answer for answer in map(cache.get, "abcde") if answer]
        assert len(found) <= answers
        assert sum(len(answer.body) for answer in found) <= size
    newest = dict(puts)
    assert all(answer.body == newest[url] for url in "abcde" if (answer := cache.get(url)))

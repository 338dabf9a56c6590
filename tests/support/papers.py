"""Papers and announcements for tests, in our own words, and strategies that make more of them."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from papers.models import (
    Announcement,
    Answer,
    ArxivRecord,
    Classification,
    Link,
    LinkKind,
    Origin,
    Paper,
    Statement,
    first_key,
)
from papers.precedence import resolve
from papers.taxonomy import NAMES

DAY = date(2026, 6, 24)
AT = datetime(2026, 6, 25, 3, 0, tzinfo=UTC)
"""A moment after `DAY` was over at every source."""


def over_at(day: date) -> datetime:
    """The end of the day, UTC."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def classified(*names: str) -> tuple[Classification, ...]:
    """Classifications whose origin did not say how sure it is."""
    return tuple(Classification(name=name) for name in names)


def code(url: str) -> Link:
    """A link to code."""
    return Link(kind=LinkKind.CODE, url=url)


def announced(arxiv_id: str, title: str = "A paper about papers", **parts: object) -> Announcement:
    """A paper as the hub announces it, bullets and classifications read from its text.

    Args:
        arxiv_id: its id without version.
        title: its title.
        parts: those of a `Statement`; with `origin`, it alone says them all.
    """
    said: list[dict[str, object]]
    if "origin" in parts:
        said = [{"title": title, **parts}]
    else:
        split = ("bullets", "classifications")
        read: dict[str, object] = {part: parts.pop(part) for part in split if part in parts}
        said = [{"origin": Origin.HUB, "title": title, **parts}, {"origin": Origin.EXTRACT, **read}]
    return Announcement(arxiv_id=arxiv_id, statements=tuple(map(Statement.model_validate, said)))


def answered(
    *announcements: Announcement, day: date = DAY, source: str = "hub", whole: bool = True
) -> Answer:
    """A day's answer."""
    return Answer(source=source, day=day, announcements=announcements, whole=whole)


def paper(announcement: Announcement | None = None, *, sequence: int = 0, day: date = DAY) -> Paper:
    """A paper as people see it."""
    said = announcement or TIDES
    return resolve(
        first_key(day) + sequence,
        said.arxiv_id,
        said.statements,
        published=said.published,
        editions=[day],
    )


TIDES = announced(
    "2606.01001",
    "Tides: Flow Matching for Coastal Forecasts",
    authors=("Ada Marsh", "José Olmedo-Núñez", "王小明"),
    abstract="We forecast tides with flow matching. The model runs on one GPU and halves the error of GPT-4.",
    bullets=("Forecasts tides with flow matching.", "Halves the error on one GPU."),
    classifications=classified("Time Series Forecasting", "Computer Vision"),
    links=(code("https://github.com/marsh/tides"),),
    upvotes=12,
)
ROBOTS = announced(
    "2606.01002",
    "Robots that Fold Laundry by Reading Its Labels",
    authors=("Grace Loom",),
    abstract="A robot reads care labels and folds. Matching socks stays open.",
    classifications=classified("Robotics", "Multimodal"),
    upvotes=3,
)
SCRIPTS = announced(
    "2606.01003",
    "扩散模型 и языковые модели: a Résumé",
    authors=("Ирина Волкова", "Ada Marsh"),
    abstract="대규모 언어 모델. Ein Überblick über Größen, naïve façades and 日本語の要約.",
    classifications=classified("Multimodal", "Summarization"),
)
EDITION = answered(TIDES, ROBOTS, SCRIPTS)

_WORDS = (
    *("flow", "matching", "Flow-Matching", "model", "models", "GPT-4", "the", "résumé", "RESUME", "ﬁne"),
    *(
        "扩散",
        "模型",
        "型扩",
        "日本語",
        "ラーメン",
        "한국어",
        "модель",
        "Модель",
        "ไทย",
        "Ⅷ",
        "İstanbul",
        "straße",
    ),
    *(
        "Ada",
        "marsh",
        "José",
        "小",
        "NEAR(",
        "OR",
        "AND",
        "NOT",
        '"',
        "*",
        "title:",
        "^",
        "🧪",
        "a",
        "b",
        "·",
        "{tags}",
        "tags",
        "·x",
    ),
)
words = st.one_of(st.sampled_from(_WORDS), st.text(max_size=4))
texts = st.builds(
    lambda parts: "".join(parts).encode("utf-8", "ignore").decode(),
    st.lists(st.one_of(words, st.sampled_from((" ", " ", "-", "\n", ". "))), max_size=12),
)
"""Text in several scripts that often shares words with other such text, search syntax included."""

titles = texts.filter(bool)
names = st.lists(
    st.sampled_from(("Ada", "Marsh", "José", "王", "小明", "Núñez-O", "de", "Le")), min_size=1, max_size=3
).map(" ".join)
days = st.integers(min_value=-3, max_value=3).map(lambda offset: DAY + timedelta(days=offset))
labels = st.sampled_from((*NAMES[:6], *NAMES[20:24], "Not Among Them"))


links = st.lists(
    st.sampled_from(LinkKind).map(lambda kind: Link(kind=kind, url=f"https://example.org/{kind}")), max_size=3
).map(tuple)
upvotes = st.sampled_from((0, 1, 9, 10, 11, 19, 20, 21, 99, 100, 101, 999, 12_345, 99_999, 100_000))
records = st.lists(st.sampled_from(("cs.CL", "cs.LG", "stat.ML", "quant-ph", "hep-th")), max_size=3).map(
    lambda names: ArxivRecord(categories=tuple(names))
)
"""What arXiv keeps of a paper: its categories."""


def statements(origin: Origin, day: date | None = None) -> st.SearchStrategy[Statement]:
    """What an origin may say of a paper: always a title, any of the rest."""

    def maybe(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
        return st.one_of(st.none(), strategy)

    return st.builds(
        Statement,
        origin=st.just(origin),
        day=st.just(day),
        title=titles,
        authors=maybe(st.lists(names, max_size=3).map(tuple)),
        abstract=maybe(texts),
        bullets=maybe(st.lists(texts, max_size=3).map(tuple)),
        classifications=maybe(
            st.lists(labels, max_size=3, unique=True).map(lambda chosen: classified(*chosen))
        ),
        links=maybe(links),
        upvotes=maybe(upvotes),
    )


@st.composite
def histories(draw: st.DrawFn, *, papers: int = 5, answers: int = 4) -> list[Answer]:
    """Answers of several days and two sources about the same few papers.

    The digest tells a paper differently every day, the hub the same each time, so that their order means nothing
    but keys.
    """
    ids = [f"2606.{number:05}" for number in range(1, draw(st.integers(1, papers)) + 1)]
    hub = {
        arxiv_id: (
            draw(statements(Origin.HUB)),
            draw(statements(Origin.EXTRACT)),
            Statement(origin=Origin.ARXIV, arxiv=draw(records)),
        )
        for arxiv_id in ids
    }
    when = draw(
        st.lists(
            st.tuples(st.sampled_from(("huggingface", "digest")), days),
            min_size=1,
            max_size=answers,
            unique=True,
        )
    )
    return [draw(_answers(source, day, ids, hub)) for source, day in when]


@st.composite
def _answers(
    draw: st.DrawFn, source: str, day: date, ids: Iterable[str], hub: Mapping[str, tuple[Statement, ...]]
) -> Answer:
    chosen = draw(st.lists(st.sampled_from(list(ids)), unique=True, max_size=5))
    return answered(
        *(
            Announcement(
                arxiv_id=arxiv_id,
                published=draw(st.one_of(st.none(), days)),
                statements=hub[arxiv_id]
                if source == "huggingface"
                else (draw(statements(Origin.DIGEST, day)),),
            )
            for arxiv_id in chosen
        ),
        day=day,
        source=source,
    )

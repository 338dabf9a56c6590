import numpy as np
import pytest

pytest.importorskip("sklearn", reason="the extra `train` is not installed")

from datetime import date
from pathlib import Path

from papers.errors import RequestError
from papers.reading.classifier import Classifier
from papers.training import baseline, confidence, wording
from papers.training.corpus import BREAK, Corpus
from papers.training.fitting import FEWEST_PAPERS, fit
from papers.training.report import report
from papers.training.work import train
from support.labelled_papers import SPEAKING, labelled_papers


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus.of(labelled_papers())


def test_what_papers_have_in_common_is_learned(corpus: Corpus) -> None:
    classifier = Classifier(fit(corpus, name="small"))
    for label, words in SPEAKING.items():
        found = classifier.classify(" ".join(words), "tide harbour meadow")
        assert label in [item.name for item in found], label
        assert (found[0].confidence or 0) > 0.5


def test_the_same_papers_give_the_same_bytes_and_others_do_not(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("one.npz", "two.npz", "three.npz")]
    for file, seed in zip(files, (7, 7, 8), strict=True):
        fit(Corpus.of(labelled_papers(120, seed=seed)), name="same").write(file)
    one, two, three = (file.read_bytes() for file in files)
    assert one == two != three


def test_too_few_papers_are_refused() -> None:
    with pytest.raises(RequestError, match=r"^99 labelled papers are too few to learn from: it takes 100"):
        fit(Corpus.of(labelled_papers(FEWEST_PAPERS - 1)), name="none")
    with pytest.raises(RequestError, match=r"^0 labelled papers are too few"):
        train([], Path("none.npz"))


def test_after_the_break_labels_mean_what_they_mean_there() -> None:
    papers = [
        paper.model_copy(update={"labels": ("Robotics",)})
        if paper.day < BREAK
        else paper.model_copy(update={"labels": ("Text-to-Speech",)})
        for paper in labelled_papers(240)
        if paper.labels[0] == "Robotics"
    ]
    others = [paper for paper in labelled_papers(300, seed=3) if "Robotics" not in paper.labels]
    mixed = sorted((*papers, *others), key=lambda paper: paper.day)
    classifier = Classifier(fit(Corpus.of(mixed), name="changed"))
    scores = classifier.scores(*(" ".join(SPEAKING["Robotics"]),) * 2)
    before = Classifier(fit(Corpus.of([paper for paper in mixed if paper.day < BREAK]), name="before"))
    assert (
        scores["Text-to-Speech"] > 3 * before.scores(*(" ".join(SPEAKING["Robotics"]),) * 2)["Text-to-Speech"]
    )


def test_months_are_held_back_in_turn_and_never_seen(corpus: Corpus) -> None:
    told: list[str] = []
    measured = report(corpus, told.append)
    months = [month.month for month in measured.months]
    assert months == told == ["2025-05", "2025-06"][: len(months)] != []
    for month in measured.months:
        first = date.fromisoformat(f"{month.month}-01")
        assert month.learned == corpus.first_of(first)
        assert month.classifier.papers == sum(paper.day.month == first.month for paper in corpus.papers)
    assert measured.classifier is not None
    assert measured.classifier.micro_f1 > 0.9
    assert sum(one.labels for one in measured.reliability_of_all) == 63 * sum(
        month.classifier.papers for month in measured.months
    )


def test_a_training_is_written_and_told(tmp_path: Path) -> None:
    trained = train(labelled_papers(), tmp_path / "mine.npz")
    assert Classifier.load(trained.file).name == trained.name == "paperboy-2025-06"
    assert (trained.papers, trained.size) == (160, trained.file.stat().st_size)
    text = wording.as_text(trained)
    assert "2025-05   classifier" in text
    assert "difference" in text
    assert max(len(line.replace(str(trained.file), "")) for line in text.splitlines()) < 110


def test_with_no_month_to_hold_back_it_says_so(tmp_path: Path) -> None:
    trained = train(labelled_papers(104), tmp_path / "mine.npz")
    assert (trained.report.months, trained.report.classifier) == ((), None)
    assert "nothing was measured" in wording.as_text(trained)


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="cannot be written to"):
        train(labelled_papers(110), tmp_path / "gone" / "mine.npz")


def test_the_baseline_learns_too(corpus: Corpus) -> None:
    known, asked = corpus.part(0, 130), corpus.part(130, 160)
    scores, given = baseline.predict(known.papers, known.truth, asked.papers)
    assert scores.shape == given.shape == asked.truth.shape
    hits = (given * asked.truth).sum()
    assert 2 * hits / (given.sum() + asked.truth.sum()) > 0.8
    assert given.sum(1).min() >= 1


def test_confidences_are_brought_to_how_often_scores_were_right() -> None:
    random = np.random.default_rng(1)
    chance = random.uniform(0.05, 0.95, (4000, 2))
    truth = (random.uniform(size=chance.shape) < chance**2).astype(int)
    slope, offset = confidence.lines(chance, truth).T
    sure = 1 / (1 + np.exp(-(slope * np.log(chance / (1 - chance)) + offset)))
    for low in (0.1, 0.3, 0.5, 0.7):
        within = (sure >= low) & (sure < low + 0.2)
        assert sure[within].mean() == pytest.approx(truth[within].mean(), abs=0.06)


def test_thresholds_are_lower_where_labels_are_hard_to_tell() -> None:
    easy = np.r_[np.full(30, 0.95), np.full(270, 0.01)]
    hard = np.r_[np.full(100, 0.3), np.full(200, 0.02)]
    truth = np.column_stack([easy > 0.5, (np.arange(300) % 3 == 0) & (hard > 0.1)]).astype(int)
    of_easy, of_hard = confidence.thresholds(np.column_stack([easy, hard]), truth)
    assert of_easy > of_hard > 0.1

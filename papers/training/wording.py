"""What people read of a training."""

from collections.abc import Iterator, Sequence

from papers.training.figures import Bin, Figures
from papers.training.report import Month, Report
from papers.training.work import Trained

_COLUMNS = ("micro-F1", "macro-F1", "LRAP", "families", "labels", "Other")


def as_text(trained: Trained) -> str:
    """The report in plain text."""
    return "\n".join((*report_lines(trained.report), *_file(trained)))


def _file(trained: Trained) -> Iterator[str]:
    yield f"{trained.name}: {trained.papers:,} papers from {trained.first} to {trained.last},"
    yield f"{len(trained.labels)} labels, {trained.terms:,} terms; {trained.size:,} bytes in {trained.file}"


def report_lines(report: Report) -> Iterator[str]:
    """The figures of the months held back."""
    if report.classifier is None or report.baseline is None:
        yield "Too few papers to hold a month back: nothing was measured."
        return
    yield "Learned from all papers before a month, tried on the month:"
    yield ""
    yield f"{'':22}{''.join(f'{name:>9}' for name in _COLUMNS)}"
    for month in report.months:
        yield from month_lines(month)
    yield _line("mean      classifier", report.classifier)
    yield _line("          baseline", report.baseline)
    yield _line("          difference", _difference(report.classifier, report.baseline))
    yield ""
    yield "Families: micro-F1 of the seven families. Labels: a paper has. Other: papers that are nothing else."
    yield "Baseline: TF-IDF of 3 to 5 characters, one linear SVM a label, thresholds chosen out of fold."
    yield ""
    yield f"Given labels by confidence (off by {report.calibration_error:.3f} on average):"
    yield from _table(report.reliability)
    yield ""
    yield "Every label of every paper by confidence:"
    yield from _table(report.reliability_of_all)
    yield ""


def month_lines(month: Month) -> Iterator[str]:
    """Two lines of the table: the classifier and the baseline."""
    yield _line(f"{month.month:9} classifier", month.classifier)
    yield _line(f"{month.classifier.papers:4.0f} papers baseline", month.baseline)


def _line(head: str, figures: Figures) -> str:
    scores = (figures.micro_f1, figures.macro_f1, figures.lrap, figures.families_f1)
    return f"{head:22}{''.join(f'{score:9.3f}' for score in scores)}{figures.labels_a_paper:9.2f}{figures.other:9.1%}"


def _difference(ours: Figures, theirs: Figures) -> Figures:
    names = Figures.model_fields
    return Figures(**{name: getattr(ours, name) - getattr(theirs, name) for name in names})


def _table(bins: Sequence[Bin]) -> Iterator[str]:
    yield "  confidence      labels   mean   right"
    for one in bins:
        yield f"  {one.low:.1f} to {one.high:.1f} {one.labels:12,} {one.confidence:6.2f} {one.right:7.2f}"

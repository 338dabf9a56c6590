from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

pytest.importorskip("sklearn", reason="the extra `train` is not installed")

from papers.taxonomy import NAMES
from papers.training.figures import FEWEST, calibration_error, mean, measure, reliability

ROBOTICS, SPEECH, DETECTION = map(NAMES.index, ("Robotics", "Text-to-Speech", "Object Detection"))


def labelled(*papers: tuple[int, ...]) -> NDArray[Any]:
    table = np.zeros((len(papers), len(NAMES)), dtype=np.int64)
    for row, labels in enumerate(papers):
        table[row, list(labels)] = 1
    return table


def test_figures_of_a_small_case() -> None:
    truth = labelled(*[(ROBOTICS,)] * FEWEST, (SPEECH, DETECTION))
    given = labelled(*[(ROBOTICS,)] * 5, *[(DETECTION,)] * 5, (SPEECH,))
    figures = measure(truth, given, given + truth * 0.5)
    assert figures.micro_f1 == pytest.approx(2 * 6 / (12 + 11))
    assert figures.macro_f1 == pytest.approx(2 * 5 / (10 + 5))
    assert figures.lrap == pytest.approx((5 * 1 + 5 * 0.5 + 1) / 11)
    assert figures.labels_a_paper == 1


def test_families_forgive_a_neighbour() -> None:
    image = labelled((NAMES.index("Object Detection"),))
    other_image = labelled((NAMES.index("Image Segmentation"),))
    figures = measure(image, other_image, other_image)
    assert (figures.micro_f1, figures.families_f1) == (0, 1)


def test_other_counts_where_it_stands_alone() -> None:
    other = NAMES.index("Other")
    given = labelled((other,), (other, ROBOTICS), (ROBOTICS,), (SPEECH,))
    assert measure(given, given, given).other == 0.25


def test_the_mean_is_that_of_each_figure() -> None:
    good, bad = (
        measure(labelled((ROBOTICS,)), given, given) for given in map(labelled, ((ROBOTICS,), (SPEECH,)))
    )
    assert (good.micro_f1, bad.micro_f1, mean([good, bad]).micro_f1) == (1, 0, 0.5)


def test_confidences_are_compared_with_what_was_right() -> None:
    table = reliability(np.array([1, 0, 1, 1]), np.array([0.35, 0.31, 0.9, 1.0]))
    assert [(one.low, one.labels, one.right) for one in table] == [(0.3, 2, 0.5), (0.9, 2, 1.0)]
    assert table[0].confidence == pytest.approx(0.33)
    assert calibration_error(table) == pytest.approx((2 * 0.17 + 2 * 0.05) / 4)
    assert calibration_error([]) == 0

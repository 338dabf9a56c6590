"""What can go wrong between a paper and a language model, as its readers handle it.

These never leave the package: readers turn the first two into "ask later", the errors of `papers.errors` pass.
"""

from datetime import datetime


class NoAnswerError(Exception):
    """The model has no usable answer for this paper, which says nothing of the others."""


class BudgetSpentError(Exception):
    """Nothing more may be asked today.

    Attributes:
        until: when it may again.
    """

    def __init__(self, until: datetime) -> None:
        super().__init__(f"the day's budget is spent until {until:%Y-%m-%d %H:%M} UTC")
        self.until = until


class BadAnswerError(Exception):
    """An answer that is not what was asked for: worth asking again.

    Attributes:
        tokens: what it cost nevertheless.
    """

    def __init__(self, message: str, *, tokens: int = 0) -> None:
        super().__init__(message)
        self.tokens = tokens


class TooSlowError(Exception):
    """No whole answer came in time."""


class RefusedQuestionError(Exception):
    """The endpoint takes no question of this form, or not this question (HTTP 400, 413, 422)."""

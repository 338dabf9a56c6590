"""What goes wrong at a language model's endpoint, in our words, without what the endpoint said."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from pydantic_ai.exceptions import (
    ModelAPIError,
    ModelAuthenticationError,
    ModelConnectionError,
    ModelHTTPError,
    ModelNotFoundError,
    ModelQuotaExceededError,
    ModelRateLimitError,
    ModelRequestTimeout,
    ModelServerError,
    ModelTimeoutError,
    ModelUnavailableError,
)

from papers.errors import SourceRefusedError, SourceUnavailableError
from papers.reading.language_model.access import Access
from papers.reading.language_model.failures import BadAnswerError, RefusedQuestionError, TooSlowError
from papers.reading.language_model.http import AnswerTooLargeError

_LATER = (ModelRateLimitError, ModelUnavailableError, ModelServerError, ModelQuotaExceededError)
_LATER_BY_STATUS = {408, 409, 425}
_LONGEST_PAUSE = timedelta(days=1)
_NO_COMPLETION = (ModelAPIError, LookupError, AttributeError, TypeError, ValueError, RecursionError)
"""How the libraries fail at an answer that is not what they take it for: without choices, too deep, of other types."""

_AGAIN = "it is asked again at the next run."


@contextmanager
def translated(access: Access) -> Iterator[None]:
    """Raises what pydantic-ai raises as ours.

    The original is not chained: it quotes what the endpoint answered, and some answer with the key that they got.
    """
    try:
        yield
    except AnswerTooLargeError:
        raise BadAnswerError(f"the answer has more than {access.largest_answer:,} bytes") from None
    except ModelHTTPError as error:
        raise _answered(error, access) from None
    except ModelConnectionError as error:
        raise _broken(error, access) from None
    except ModelRequestTimeout:
        raise TooSlowError(f"{access.host} did not answer within {access.timeout:g} s") from None
    except _NO_COMPLETION:
        raise BadAnswerError(f"{access.host} answered with something that is no chat completion") from None


def _answered(error: ModelHTTPError, access: Access) -> Exception:
    status = error.status_code
    told = f"{access.host} (HTTP {status})"
    if isinstance(error, ModelAuthenticationError):
        return SourceRefusedError(f"{told} does not accept the key: check llm.api_key.", status=status)
    if isinstance(error, ModelNotFoundError):
        sentence = f"{told} knows no model “{access.model}”: check llm.model and llm.base_url."
        return SourceRefusedError(sentence, status=status)
    if isinstance(error, _LATER) or status in _LATER_BY_STATUS:
        spent = isinstance(error, ModelQuotaExceededError)
        sentence = "says that the account is used up" if spent else "cannot answer now"
        return SourceUnavailableError(f"{told} {sentence}; {_AGAIN}", retry_after=_pause(error))
    return RefusedQuestionError(f"{told} refused the question")


def _pause(error: ModelHTTPError) -> timedelta | None:
    seconds = error.retry_after
    return None if seconds is None else timedelta(seconds=min(seconds, _LONGEST_PAUSE.total_seconds()))


def _broken(error: ModelConnectionError, access: Access) -> Exception:
    if isinstance(error, ModelTimeoutError) and error.phase != "connect":
        return TooSlowError(f"{access.host} did not answer within {access.timeout:g} s")
    if error.phase in {"connect", "pool"}:
        return SourceUnavailableError(f"{access.host} cannot be reached: check llm.base_url; {_AGAIN}")
    return SourceUnavailableError(f"{access.host} broke off its answer; {_AGAIN}")

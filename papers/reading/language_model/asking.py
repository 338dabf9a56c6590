"""Asking a language model about papers: from what it said before, within the day's budget, patiently."""

import asyncio
import hashlib
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Generic, TypeVar

import stamina
from pydantic import BaseModel, ValidationError

from papers.errors import ConfigurationError, SourceUnavailableError
from papers.ports import Clock, LanguageModelStore, ModelUsage
from papers.reading.language_model import prompts
from papers.reading.language_model.access import Access
from papers.reading.language_model.checks import PaperText
from papers.reading.language_model.failures import (
    BadAnswerError,
    BudgetSpentError,
    NoAnswerError,
    RefusedQuestionError,
    TooSlowError,
)

if TYPE_CHECKING:
    from papers.reading.language_model.endpoint import Endpoint

log = logging.getLogger(__name__)

FormT = TypeVar("FormT", bound=BaseModel)
_CHARACTERS_A_TOKEN = 4  # in English, as OpenAI's help centre says: "What are tokens and how to count them?"
_A_REQUEST = ModelUsage(requests=1)


@dataclass(frozen=True)
class Question(Generic[FormT]):
    """What is asked about a paper.

    Attributes:
        language: the one its bullets are wanted in (ISO 639-1).
        form: what the answer must be.
    """

    paper: PaperText
    language: str
    instructions: str
    form: type[FormT]

    def id(self, model: str) -> str:
        """What its answer is kept under: a hash of all that it depends on."""
        parts = (
            model,
            prompts.VERSION,
            self.form.__name__,
            self.language,
            self.paper.title,
            self.paper.abstract,
        )
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


class LanguageModel:
    """A language model that remembers its answers and keeps to a budget."""

    def __init__(
        self, endpoint: "Endpoint", access: Access, *, store: LanguageModelStore, clock: Clock
    ) -> None:
        self.name = access.model
        self.concurrency = access.concurrency
        self.clock = clock
        self._endpoint = endpoint
        self._access = access
        self._store = store
        self._places = asyncio.Semaphore(access.concurrency)
        self._in_words = False
        self._retrying = stamina.AsyncRetryingCaller(
            attempts=access.attempts,
            timeout=None,
            wait_initial=access.first_wait,
            wait_max=access.last_wait,
            wait_jitter=access.first_wait,
        )

    async def ask(self, question: Question[FormT]) -> FormT:
        """Asks about a paper.

        Returns:
            The answer: what was answered to the same question before, where that is known.

        Raises:
            BudgetSpentError: nothing more may be asked today.
            NoAnswerError: there is none to this question, however often it is asked.
            SourceError: nobody can be asked now.
            StorageError: what it costs cannot be kept.
        """
        answer_id = question.id(self.name)
        known = await self._known(answer_id, question.form)
        if known is not None:
            return known
        async with self._places:
            try:
                answer = await self._retrying(self._pause, self._attempt, question)
            except (BadAnswerError, TooSlowError, RefusedQuestionError) as error:
                raise NoAnswerError(str(error)) from error
        await self._store.keep_answer(answer_id, answer.model_dump_json(), at=self.clock.now())
        return answer

    async def _known(self, answer_id: str, form: type[FormT]) -> FormT | None:
        kept = await self._store.answer(answer_id)
        if kept is None:
            return None
        try:
            return form.model_validate_json(kept)
        except ValidationError as error:
            log.warning("a kept answer cannot be read any more, and is asked for anew: %s", error)
            return None

    def _pause(self, error: Exception) -> bool | timedelta:
        """Whether to try again, and after how long if the endpoint said so."""
        if isinstance(error, SourceUnavailableError) and error.retry_after is not None:
            return error.retry_after if error.retry_after.total_seconds() <= self._access.last_wait else False
        return isinstance(error, (SourceUnavailableError, BadAnswerError, TooSlowError))

    async def _attempt(self, question: Question[FormT]) -> FormT:
        try:
            return await self._request(question, in_words=self._in_words)
        except RefusedQuestionError:
            if self._in_words:
                raise
        answer = await self._request(question, in_words=True)
        log.info("%s takes no response_format, and is asked in words from now on", self._access.host)
        self._in_words = True
        return answer

    async def _request(self, question: Question[FormT], *, in_words: bool) -> FormT:
        today = self.clock.now().astimezone(UTC).date()
        if not await self._store.spend(today, _A_REQUEST, limit=self._access.limit):
            raise BudgetSpentError(datetime.combine(today + timedelta(days=1), time(), UTC))
        message = prompts.data(question.paper.title, question.paper.abstract)
        try:
            answer, tokens = await self._endpoint.ask(
                question.instructions, message, question.form, in_words=in_words
            )
        except BadAnswerError as error:
            await self._spend(today, error.tokens, question.instructions, message)
            raise
        await self._spend(today, tokens, question.instructions, message, answer.model_dump_json())
        return answer

    async def _spend(self, today: date, tokens: int, *texts: str) -> None:
        """Counts tokens: as many as the endpoint says, or where it says nothing, as the texts may have."""
        estimated = sum(map(len, texts)) // _CHARACTERS_A_TOKEN
        await self._store.spend(today, ModelUsage(tokens=tokens or estimated))


@asynccontextmanager
async def open_language_model(
    access: Access, *, store: LanguageModelStore, clock: Clock
) -> AsyncIterator[LanguageModel]:
    """A language model that can be asked inside the context.

    Args:
        access: where it is and how it is asked.
        store: keeps answers and costs.
        clock: the time.

    Raises:
        ConfigurationError: the packages that it needs are not installed.
    """
    try:
        # Imported here: what they need is an extra, and takes a second to load.
        from papers.reading.language_model.endpoint import Endpoint  # noqa: PLC0415
        from papers.reading.language_model.http import client  # noqa: PLC0415
    except ImportError as error:
        raise ConfigurationError(
            "A language model needs packages that are not installed: run `make extras`, or remove llm.model."
        ) from error
    async with client(access) as http:
        yield LanguageModel(Endpoint(access, http), access, store=store, clock=clock)

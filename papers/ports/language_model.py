"""What asking a language model needs from the outside."""

from datetime import date, datetime
from typing import Annotated, Protocol

from pydantic import Field

from papers.models import Model


class ModelUsage(Model):
    """What a language model is asked for: requests, and tokens in both directions together."""

    requests: Annotated[int, Field(ge=0)] = 0
    tokens: Annotated[int, Field(ge=0)] = 0


class LanguageModelStore(Protocol):
    """What a language model said, and what it was asked for each day."""

    async def answer(self, answer_id: str) -> str | None:
        """The answer that was kept under that id, as JSON."""
        ...

    async def keep_answer(self, answer_id: str, answer: str, *, at: datetime) -> None:
        """Keeps an answer, as JSON, in place of an earlier one with that id."""
        ...

    async def usage(self, day: date) -> ModelUsage:
        """What was used on a day (UTC) so far."""
        ...

    async def spend(self, day: date, used: ModelUsage, *, limit: ModelUsage | None = None) -> bool:
        """Adds to what was used on a day (UTC).

        With a limit it is added only if requests keep within it and the tokens used so far stay below it: what an
        answer takes is known when it is there, so that tokens can go beyond by what is being asked at that moment.

        Returns:
            Whether it was added.
        """
        ...

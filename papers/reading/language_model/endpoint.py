"""One question to an OpenAI-compatible endpoint, through pydantic-ai."""

import os
from typing import TypeVar

import httpx2
from pydantic import BaseModel
from pydantic_ai import Agent, NativeOutput, PromptedOutput, RunUsage
from pydantic_ai.exceptions import UnexpectedModelBehavior
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.profiles import ModelProfile
from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider
from pydantic_ai.settings import ModelSettings

from papers.reading.language_model.access import Access
from papers.reading.language_model.endpoint_errors import translated
from papers.reading.language_model.failures import BadAnswerError

FormT = TypeVar("FormT", bound=BaseModel)

_NO_BANNER = "PYDANTIC_AI_NO_BANNER"
"""Keeps the library's first run from recommending services on stderr."""

_PROFILE = ModelProfile(supports_json_schema_output=True, supports_json_object_output=False)
"""Where a question is asked in words alone, there is no `response_format` at all."""

_MOST_TOKENS = 10_000_000
"""One answer has no more, whatever an endpoint says."""


class Endpoint:
    """Asks, once each time, and tells in our words what went wrong."""

    def __init__(self, access: Access, client: httpx2.AsyncClient) -> None:
        os.environ.setdefault(_NO_BANNER, "1")
        self._access = access
        key = access.api_key.get_secret_value() if access.api_key is not None else None
        provider = OpenAICompatibleProvider(
            "openai-compatible", base_url=access.base_url, api_key=key, http_client=client, profile=_PROFILE
        )
        self._model = OpenAIChatModel(access.model, provider=provider)
        self._settings = ModelSettings(max_retries=0, request_timeout=access.timeout)

    async def ask(
        self, instructions: str, message: str, form: type[FormT], *, in_words: bool = False
    ) -> tuple[FormT, int]:
        """Asks one question.

        Args:
            instructions: what to do, and the form of the answer in words, for some endpoints take a form and ignore it.
            message: what to do it with.
            form: what the answer must be.
            in_words: say the form in words alone, for endpoints that refuse to be told otherwise.

        Returns:
            The answer, and how many tokens question and answer have together, as the endpoint says; 0 where it says
            nothing that can be.

        Raises:
            BadAnswerError: the answer is not of that form, empty, too large or withheld.
            TooSlowError: it did not come in time.
            RefusedQuestionError: the endpoint does not take this question.
            SourceUnavailableError: the endpoint cannot answer now.
            SourceRefusedError: it does not know the key, or the model.
        """
        output = PromptedOutput(form, template=False) if in_words else NativeOutput(form, template=False)
        agent = Agent(
            self._model,
            output_type=output,
            instructions=instructions,
            retries=0,
            model_settings=self._settings,
        )
        agent.instrument = False
        usage = RunUsage()
        with translated(self._access):
            try:
                result = await agent.run(message, usage=usage)
            except UnexpectedModelBehavior:
                raise BadAnswerError("the answer is not what was asked for", tokens=_counted(usage)) from None
        return result.output, _counted(usage)


def _counted(usage: RunUsage) -> int:
    return usage.total_tokens if 0 <= usage.total_tokens <= _MOST_TOKENS else 0

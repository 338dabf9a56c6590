"""Where a language model is, and how it is asked."""

from typing import Annotated

from pydantic import Field, SecretStr
from yarl import URL

from papers.models import Model
from papers.ports import ModelUsage


class Access(Model):
    """An OpenAI-compatible endpoint, and how much is asked of it.

    Attributes:
        base_url: what `/chat/completions` is put after, such as `http://localhost:11434/v1`.
        model: its name there.
        api_key: the key, where it wants one.
        limit: what may be used a day (UTC).
        concurrency: how many questions at once.
        timeout: how many seconds a whole answer may take.
        attempts: how often a question is asked at most.
        first_wait: how many seconds to wait before the second attempt; it doubles with each.
        last_wait: how long such a wait may become, and how long a pause that the endpoint asks for is waited out.
        largest_answer: in bytes; the largest sensible one has some thousand.
    """

    base_url: str
    model: str
    api_key: SecretStr | None = None
    limit: ModelUsage = ModelUsage(requests=500, tokens=2_000_000)
    concurrency: Annotated[int, Field(ge=1)] = 2
    timeout: Annotated[float, Field(gt=0)] = 60
    attempts: Annotated[int, Field(ge=1)] = 3
    first_wait: Annotated[float, Field(gt=0)] = 1
    last_wait: Annotated[float, Field(gt=0)] = 30
    largest_answer: Annotated[int, Field(gt=0)] = 1_000_000

    @property
    def host(self) -> str:
        """What errors call it: host and port alone, for an address may hold a key."""
        return URL(self.base_url).host_port_subcomponent or "the address in llm.base_url"

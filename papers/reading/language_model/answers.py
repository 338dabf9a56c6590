"""What a language model is asked to answer: loose enough for any model to keep to, and checked afterwards."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field

Strings = Annotated[list[str], BeforeValidator(lambda value: [] if value is None else value)]


class Summary(BaseModel):
    """A paper in bullets."""

    bullets: Annotated[Strings, Field(description="3 to 5 sentences of plain text")]


class Reading(Summary):
    """What a paper is about."""

    classifications: Annotated[Strings, Field(description="1 to 4 names from the list, the best first")]
    links: Annotated[
        Strings, Field(description="Addresses that stand in the text, exactly as they stand there")
    ]

"""How patient the client is, and how much it takes."""

from typing import Annotated

from pydantic import Field

from papers.models import Model

_Seconds = Annotated[float, Field(gt=0)]


class HttpLimits(Model):
    """Times are in seconds, sizes in bytes after decompression.

    Attributes:
        connect: how long a connection may take to be made.
        silence: how long a server may send nothing.
        total: how long one attempt may take.
        attempts: how often a request is made before it is given up.
        insistent: whether it is made again although nobody answered at all.
        first_wait: how long to wait before the second attempt; it doubles with each.
        jitter: up to how much is added to a wait, at random.
        last_wait: how long such a wait may become.
        longest_pause: how long a pause that the server asks for is waited out. Hugging Face counts requests in
            windows of 300 s (https://huggingface.co/docs/hub/rate-limits), so one window can be.
        largest_body: the largest answer that is read; the largest recorded day has 330,000.
        redirects: how many redirections are followed.
        kept_answers: how many answers are kept to be asked about again with a condition.
        kept_bytes: how large they may be together.
    """

    connect: _Seconds = 10
    silence: _Seconds = 30
    total: _Seconds = 60
    attempts: Annotated[int, Field(ge=1)] = 4
    insistent: bool = True
    first_wait: _Seconds = 0.5
    jitter: _Seconds = 1
    last_wait: _Seconds = 20
    longest_pause: _Seconds = 310
    largest_body: Annotated[int, Field(gt=0)] = 10_000_000
    redirects: Annotated[int, Field(ge=1)] = 5
    kept_answers: Annotated[int, Field(ge=0)] = 64
    kept_bytes: Annotated[int, Field(ge=0)] = 16_000_000

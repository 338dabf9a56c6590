"""Limits of the HTTP client for tests: the same kinds, much smaller."""

from papers.sources.limits import HttpLimits

QUICK = HttpLimits(
    attempts=3,
    first_wait=0.001,
    jitter=0.001,
    last_wait=0.01,
    longest_pause=5,
    largest_body=1_000_000,
    redirects=3,
)
"""For requests that fail and are made again at once."""

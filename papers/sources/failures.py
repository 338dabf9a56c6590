"""What goes wrong on the way to a server, in the words of `papers.errors`."""

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp

from papers.errors import BadPayloadError, SourceUnavailableError

_NOWHERE = (aiohttp.InvalidURL, aiohttp.RedirectClientError, aiohttp.TooManyRedirects)


class UnansweredError(SourceUnavailableError):
    """Nobody is there, or nobody says anything."""


@contextmanager
def translated(host: str) -> Iterator[None]:
    """Raises the errors of aiohttp and of the system as ours.

    Args:
        host: the server that is asked, as the message names it.

    Raises:
        UnansweredError: there is no answer at all.
        SourceUnavailableError: it may work later.
        BadPayloadError: the address, or one that it leads to, cannot be followed.
    """
    try:
        yield
    except _NOWHERE as error:
        raise BadPayloadError(f"{host} leads to an address that cannot be followed.") from error
    except TimeoutError as error:
        raise UnansweredError(f"{host} did not answer in time; it is asked again at the next run.") from error
    except aiohttp.ClientConnectorError as error:
        raise UnansweredError(
            f"{host} cannot be reached: check the network; it is asked again at the next run."
        ) from error
    except (aiohttp.ClientError, OSError) as error:
        raise SourceUnavailableError(
            f"{host} broke off its answer; it is asked again at the next run."
        ) from error

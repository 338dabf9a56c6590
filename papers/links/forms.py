"""One link: what it leads to, and its one form."""

import re
from collections.abc import Iterable

from papers.links import code, hub
from papers.links.pages import page
from papers.models import Link, LinkKind

_SCHEME = re.compile(r"\A(?:https?:)?\s?//", re.IGNORECASE)
_WRAPPING = " \t\r\n\"'`*|<>()[]{}.,;:!\\…“”‘’«»、。，；：）】」』"
_REMAINDER = re.compile(r"[?#@]")


def recognise(url: str) -> Link | None:
    """Brings a link to code, or to something on the hub, to its one form.

    The form is `https://`, the host in small letters without `www.` (`hf.co` is `huggingface.co`), owner and
    name as they are written; page inside the repository, query, fragment, `.git` and closing punctuation are
    cut off.

    Args:
        url: one link as somebody wrote it, with or without scheme, or anything else.

    Returns:
        A repository on GitHub, GitLab, Codeberg or another host of `papers.links.code`, or a model, dataset,
        Space or collection of the Hugging Face hub; None for everything else, other pages of these hosts
        included. `anonymous` where the address says that it was made for a review.
    """
    address = _SCHEME.sub("", url.strip(_WRAPPING).replace("\\_", "_"))
    host, _, path = address.partition("/")
    host = host.lower().removeprefix("www.")
    segments = _REMAINDER.split(path, maxsplit=1)[0].split("/")
    if host in {hub.HOST, hub.ALIAS}:
        found = hub.entry(segments)
    else:
        repository = code.repository(host, segments)
        found = (LinkKind.CODE, repository) if repository else None
    if found is None:
        return None
    kind, address = found
    return Link(kind=kind, url=f"https://{address}", anonymous=code.hides_owner(address))


def read(url: str) -> Link | None:
    """Brings any link to its one form.

    Returns:
        What `recognise` makes of it, or else `papers.links.page`; None for what is no link, and for junk.
    """
    return recognise(url) or page(url)


def key(link: Link) -> str:
    """By what two links that lead to the same are known: hosts of code tell no capital letters apart."""
    address = link.url.removeprefix("https://").removeprefix("www.").rstrip("/")
    return address if link.kind is LinkKind.PROJECT else address.lower()


def distinct(links: Iterable[Link]) -> tuple[Link, ...]:
    """Of links that lead to the same, the first; in their order."""
    unique: dict[str, Link] = {}
    for link in links:
        unique.setdefault(key(link), link)
    return tuple(unique.values())

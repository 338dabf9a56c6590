"""Which of the links in a paper's own words are its own releases."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from papers.links.forms import distinct, key
from papers.links.release_cues import Sighting, Stance, sightings
from papers.models import Link, LinkKind

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_PECULIAR = re.compile(r"(?=\S*[A-Z0-9]\S*[A-Z0-9])\w[\w.+-]*")
_SHORTEST_NAME = 3  # letters and digits
_TELLING = 6  # letters and digits of a name that no other word holds by chance
_LONGEST_NAME = 4  # words of a title before its colon that can be a system's name
_OF_THE_HUB = frozenset({"datasets", "spaces", "collections"})
_OWNERS_PAGES = (".github.io", ".gitlab.io")
_NEED_A_REASON = frozenset({LinkKind.MODEL, LinkKind.DATASET})


def released(
    texts: Sequence[str], *, title: str, vouched: Sequence[Link], keep_unclear: bool = True
) -> tuple[Link, ...]:
    """Finds the links that a paper's own words give as its releases.

    A link is kept if somebody vouches for it, if the sentence around it says so ("code is available at"), or if its
    owner or name is that of the paper's own. It is left out if the sentence says that it is the work of others
    ("built on", "we use"), unless it bears the paper's name. Where nothing tells, models and datasets are left out,
    and code beside code that is certain.

    Args:
        texts: the paper's abstract, arXiv comment or other words of its authors.
        title: the paper's title, in which the name of what is released stands, before its colon most of all.
        vouched: what others, such as the hub, say are the paper's links.
        keep_unclear: whether code and pages of which nothing tells are kept, as is right in an abstract; False for
            longer texts, which name the work of many.

    Returns:
        Some of what `papers.links.find` finds in the texts, in their order, once each; spelled as it is in `vouched`, so
        that no paper has one link twice because of a last slash.
    """
    seen = [sighting for text in texts for sighting in sightings(text)]
    paper = _Paper(title, vouched, [link for link, stance in seen if stance is Stance.OWN])
    own = {key(sighting.link) for sighting in seen if paper.owns(sighting, keep_unclear=keep_unclear)}
    spelled = {key(link): link for link in distinct(vouched)}
    return distinct(spelled.get(key(link), link) for link, _ in seen if key(link) in own)


class _Paper:
    """What is known of a paper's own links."""

    def __init__(self, title: str, vouched: Sequence[Link], stated: Sequence[Link]) -> None:
        certain = (*vouched, *stated)
        self._vouched = {key(link) for link in vouched}
        self._owners = {owner for link in certain if (owner := _owner(link))}
        self._has_code = any(link.kind is LinkKind.CODE for link in certain)
        self._names = {*_names(title)}
        self._words = {*_words(title)}

    def owns(self, sighting: Sighting, *, keep_unclear: bool) -> bool:
        link, stance = sighting
        if stance is Stance.OWN or key(link) in self._vouched or self._is_named_after(link):
            return True
        if stance is Stance.OTHERS:
            return False
        return _owner(link) in self._owners or (keep_unclear and not self._needs_a_reason(link))

    def _needs_a_reason(self, link: Link) -> bool:
        return link.kind in _NEED_A_REASON or (link.kind is LinkKind.CODE and self._has_code)

    def _is_named_after(self, link: Link) -> bool:
        """Whether a part of the address has the system's name in it, or is made of several of the title's words."""
        for part in _parts(link):
            words = _words(part)
            if len(words) > 1 and self._words.issuperset(words):
                return True
            if any(_bears(words, name) for name in self._names):
                return True
        return False


def _bears(words: Sequence[str], name: str) -> bool:
    """Whether words one after the other are the name; a longer name may also be a piece of a word."""
    ends = range(1, len(words) + 1)
    runs = ("".join(words[start:end]) for end in ends for start in range(end))
    return any(name == run or (len(name) >= _TELLING and name in run) for run in runs)


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _names(title: str) -> Iterator[str]:
    """What the title calls the paper's system, letters and digits only: what stands before a colon, or looks peculiar."""
    name, colon, _ = title.partition(":")
    told = [name] if colon and len(name.split()) <= _LONGEST_NAME else []
    for candidate in (*told, *_PECULIAR.findall(name if told else title)):
        bare = "".join(_words(candidate))
        if len(bare) >= _SHORTEST_NAME:
            yield bare


def _parts(link: Link) -> Iterator[str]:
    """The parts of an address that somebody chose for what it leads to."""
    address = urlsplit(link.url)
    if link.kind is LinkKind.PROJECT:
        yield address.netloc.removeprefix("www.").partition(".")[0]
    segments = [segment for segment in address.path.split("/") if segment]
    yield from segments[-1:]


def _owner(link: Link) -> str | None:
    """Whose a link is, in small letters; None where an address does not tell."""
    address = urlsplit(link.url)
    if link.kind is LinkKind.PROJECT:
        host = address.netloc.lower()
        return next((host.removesuffix(end) for end in _OWNERS_PAGES if host.endswith(end)), None)
    segments = address.path.lower().split("/")[1:]
    return segments[1 if segments[0] in _OF_THE_HUB else 0] if not link.anonymous else None

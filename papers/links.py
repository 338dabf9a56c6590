"""Links to code, models, datasets, spaces and collections: recognised, and brought to their one form."""

import re
from collections.abc import Sequence

from papers.models import Link, LinkKind

ARXIV_ID = r"\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7}"
"""A pattern for ids without version, since April 2007 and before (arxiv.org/help/arxiv_identifier)."""

_HUB = "huggingface.co"
_HOSTS = {"github.com": "github.com", _HUB: _HUB, "hf.co": _HUB}

_CANDIDATE = re.compile(
    r"(?:(?<![/=])https?:\s?//|(?<![\w./:=@-])(?://)?)"
    r"(?:www\.)?(?:github\.com|huggingface\.co|hf\.co)/[a-z0-9._/%~+@-]+",
    re.IGNORECASE | re.ASCII,
)
_SCHEME = re.compile(r"\A(?:https?:)?\s?//", re.IGNORECASE)
_WRAPPING = " \t\r\n\"'`*|<>()[]{}.,;:!\\…“”‘’«»、。，；：）】」』"
_REMAINDER = re.compile(r"[?#@]")

_GITHUB_OWNER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,38}")
_GITHUB_NAME = re.compile(r"[A-Za-z0-9._-]{1,100}")
_HUB_NAME = re.compile(r"(?!.*(?:--|\.\.))[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?")

_HUB_SECTIONS = {
    "datasets": LinkKind.DATASET,
    "spaces": LinkKind.SPACE,
    "collections": LinkKind.COLLECTION,
}
_HUB_TABS = {*_HUB_SECTIONS, "activity", "followers", "following", "likes", "models", "papers"}
"""What stands in a name's place on the page of an owner."""

_HUB_PAGES = re.compile(
    "api|assets|billing|blog|brand|changelog|chat|contact|course|docs|enterprise|front|hardware|hub|inference|"
    "inference-endpoints|inference-providers|jobs|join|kernels|languages|learn|login|logout|metrics|models|new|"
    "new-dataset|new-space|notifications|oauth|organizations|papers|posts|pricing|privacy|resolve|search|settings|"
    "storage|subscribe|support|tasks|terms-of-service|users|welcome",
    re.IGNORECASE,
)
_GITHUB_PAGES = re.compile(
    "about|account|apps|codespaces|collections|contact|customer-stories|dashboard|enterprise|events|explore|"
    "features|gist|issues|join|login|logout|marketplace|new|newsroom|nonprofit|notifications|organizations|orgs|"
    "partners|pricing|pulls|raw|readme|search|security|sessions|settings|signup|site|solutions|sponsors|stars|team|"
    "topics|trending|user-attachments|users|watching",
    re.IGNORECASE,
)
"""First segments that are pages of the site and nobody's name."""


def recognise(url: str) -> Link | None:
    """Brings a link to its one form.

    The form is `https://`, the host in small letters without `www.` (`hf.co` is `huggingface.co`), owner and
    name as they are written; page inside the repository, query, fragment, `.git` and closing punctuation are
    cut off.

    Args:
        url: one link as somebody wrote it, with or without scheme, or anything else.

    Returns:
        A GitHub repository, or a model, dataset, space or collection of the Hugging Face hub; None for
        everything else, other pages of these two hosts included. Owners and names keep to what
        [GitHub](https://docs.github.com) and the hub (`huggingface_hub.utils.validate_repo_id`) allow.
    """
    address = _SCHEME.sub("", url.strip(_WRAPPING).replace("\\_", "_"))
    host, _, path = address.partition("/")
    host = _HOSTS.get(host.lower().removeprefix("www."), "")
    segments = _REMAINDER.split(path, maxsplit=1)[0].split("/")
    if host == _HUB:
        return _on_hub(segments)
    return _on_github(segments) if host else None


def find(text: str) -> tuple[Link, ...]:
    r"""Finds the links in running text, whatever stands around them: brackets, Markdown, LaTeX's `\url{}`.

    Args:
        text: any text.

    Returns:
        What `recognise` makes of each, in the order of the text, once each.
    """
    candidates = _CANDIDATE.findall(text.replace("\\_", "_"))
    links = (recognise(candidate) for candidate in candidates)
    return tuple(dict.fromkeys(link for link in links if link is not None))


def _on_github(segments: Sequence[str]) -> Link | None:
    match segments:
        case [owner, name, *_] if not _GITHUB_PAGES.fullmatch(owner):
            name = _without_endings(name, ".")
            if _GITHUB_OWNER.fullmatch(owner) and _GITHUB_NAME.fullmatch(name):
                return Link(kind=LinkKind.CODE, url=f"https://github.com/{owner}/{name}")
    return None


def _on_hub(segments: Sequence[str]) -> Link | None:
    kind, folder = LinkKind.MODEL, ""
    if segments[0].lower() in _HUB_SECTIONS:
        kind, folder = _HUB_SECTIONS[segments[0].lower()], f"{segments[0].lower()}/"
        segments = segments[1:]
    match segments:
        case [owner, name, *_] if not _HUB_PAGES.fullmatch(owner) and name.lower() not in _HUB_TABS:
            name = _without_endings(name, ".-")
            if _HUB_NAME.fullmatch(owner) and _HUB_NAME.fullmatch(name):
                return Link(kind=kind, url=f"https://{_HUB}/{folder}{owner}/{name}")
    return None


def _without_endings(name: str, closing: str) -> str:
    bare = name.rstrip(closing)
    while bare.lower().endswith(".git"):
        bare = bare[:-4].rstrip(closing)
    return bare

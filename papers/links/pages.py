"""Project pages: any public page that is not the paper itself, in its one form."""

import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

from pydantic import HttpUrl, TypeAdapter, ValidationError

from papers.links import code, hub
from papers.models import Link, LinkKind

LONGEST = 512
"""Characters of an address; what is longer is nobody's page, and fits no button (Discord allows as many)."""

BARE = r"(?:www\.[a-z0-9-]+\.|[a-z0-9-]+\.(?:github|gitlab)\.io\b)"
"""A pattern for how addresses of pages begin that are written without a scheme."""

_URL = TypeAdapter(HttpUrl)
_UNSCHEMED = re.compile(BARE, re.IGNORECASE | re.ASCII)
_OPENING = " \t\r\n\"'`*|<([{“‘«"
_CLOSING = " \t\r\n\"'`*|>)]}.,;:!\\…”’»、。，；：）】」』"
_TRACKING = re.compile(
    r"(?:^|&)(?:utm_\w+|mc_[ce]id|_hs(?:enc|mi)|(?:fb|g|y|ms|tw|dc)clid|igsh(?:id)?|ref_src|spm|trk)=[^&]*",
    re.IGNORECASE | re.ASCII,
)
_ROUTE = ("/", "!")  # how fragments begin that a page of one file finds its way by
_PUBLIC_HOST = re.compile(r"(?:[a-z0-9_-]+\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+)")

_PAPERS = frozenset(
    {
        "aclanthology.org",
        "acm.org",
        "alphaxiv.org",
        "ar5iv.org",
        "arxiv.org",
        "biorxiv.org",
        "crossref.org",
        "doi.org",
        "ecva.net",
        "ieee.org",
        "isca-archive.org",
        "jmlr.org",
        "mdpi.com",
        "medrxiv.org",
        "nature.com",
        "neurips.cc",
        "nips.cc",
        "openreview.net",
        "paperswithcode.com",
        "proceedings.mlr.press",
        "researchgate.net",
        "scholar.google.com",
        "science.org",
        "sciencedirect.com",
        "semanticscholar.org",
        "springer.com",
        "ssrn.com",
        "tandfonline.com",
        "thecvf.com",
        "wiley.com",
    }
)
"""Where papers are published and listed: of such a host, and those below it, no page is a project's."""

_ARCHIVES = re.compile(r"/10\.(?:5281/zenodo|17605/|6084/|7910/|57967/|5061/|48436/)", re.IGNORECASE)
"""DOIs of what is released: Zenodo, OSF, figshare, Dataverse, the hub, Dryad (datacite.org)."""

_PLACEHOLDERS = frozenset({"example.com", "example.org", "example.net"})
_NOT_WHOLE = frozenset(
    {
        "aka.ms",
        "bit.ly",
        "colab.research.google.com",
        "docs.google.com",
        "drive.google.com",
        "github.io",
        "gitlab.io",
        "google.com",
        "hf.space",
        "kaggle.com",
        "modelscope.cn",
        "modelscope.com",
        "netlify.app",
        "notion.site",
        "notion.so",
        "osf.io",
        "sites.google.com",
        "t.co",
        "twitter.com",
        "vercel.app",
        "x.com",
        "youtu.be",
        "youtube.com",
        "zenodo.org",
    }
)
"""Hosts of many people, which say nothing without a path."""

_HUB_TEXTS = frozenset({"blog", "posts"})


def page(url: str) -> Link | None:
    """Brings the address of a page to its one form.

    The form is `https://`, the host in small letters, without what tracks the reader, without a fragment unless it is
    a route of the page, without the punctuation of a sentence around it.

    Args:
        url: one address as somebody wrote it, or anything else.

    Returns:
        The page as a project's; None for what is no address of a public page, and for junk: placeholders, the front
        page of a host that many share, another address inside it, and where the paper itself is published or listed.
    """
    text = url.lstrip(_OPENING).rstrip(_CLOSING)
    try:
        parts = urlsplit(str(_URL.validate_python(f"https://{text}" if _UNSCHEMED.match(text) else text)))
    except ValidationError:
        return None
    if not _PUBLIC_HOST.fullmatch(parts.netloc):  # nor a name, a password or a port
        return None
    clean = urlunsplit(_cleaned(parts)).rstrip(f"{_CLOSING}?&")
    parts = urlsplit(clean)
    if len(clean) > LONGEST or not _is_somebodys(parts):
        return None
    return Link(kind=LinkKind.PROJECT, url=clean, anonymous=parts.netloc in code.ANONYMOUS)


def _cleaned(parts: SplitResult) -> SplitResult:
    return parts._replace(
        scheme="https",
        netloc=hub.HOST if parts.netloc == hub.ALIAS else parts.netloc,
        query=_TRACKING.sub("", parts.query).strip("&"),
        fragment=parts.fragment if parts.fragment.startswith(_ROUTE) else "",
    )


def _is_somebodys(parts: SplitResult) -> bool:
    """Whether the address is that of a page somebody made for something, as far as it tells."""
    host = parts.netloc.removeprefix("www.")
    if host in _PLACEHOLDERS or "//" in parts.path:
        return False
    if _is_below(host, _PAPERS):
        return host.endswith("doi.org") and _ARCHIVES.match(parts.path) is not None
    if host == hub.HOST or code.is_host(host):
        return _is_page_of_owner(host, parts.path)
    return host not in _NOT_WHOLE or parts.path.strip("/") != ""


def _is_below(host: str, domains: frozenset[str]) -> bool:
    labels = host.split(".")
    return any(".".join(labels[start:]) in domains for start in range(len(labels)))


def _is_page_of_owner(host: str, path: str) -> bool:
    """Of hosts of code and of the hub: an owner's own page, a text on the hub, the page of an anonymous repository."""
    segments = path.strip("/").split("/")
    if host == hub.HOST:
        return hub.is_owner(segments) or (len(segments) > 1 and segments[0] in _HUB_TEXTS)
    if host in code.ANONYMOUS:
        return len(segments) > 1 and segments[0] == "w"
    return code.is_owner(host, segments)

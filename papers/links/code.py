"""Where code is kept: of each host, which part of an address names the repository."""

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

Segments = Sequence[str]

_GITHUB_PAGES = re.compile(
    "about|account|apps|codespaces|collections|contact|customer-stories|dashboard|enterprise|events|explore|"
    "features|gist|issues|join|login|logout|marketplace|new|newsroom|nonprofit|notifications|organizations|orgs|"
    "partners|pricing|pulls|raw|readme|search|security|sessions|settings|signup|site|solutions|sponsors|stars|team|"
    "topics|trending|user-attachments|users|watching",
    re.IGNORECASE,
)
_OTHER_PAGES = re.compile(
    "-|about|account|admin|api|assets|blog|dashboard|education|enterprise|events|explore|gists|groups|help|issues|"
    "login|notifications|oauth|organizations|org|product|profile|projects|search|snippets|support|topics|user|users",
    re.IGNORECASE,
)
"""First segments that are pages of a site and nobody's name."""

_GITHUB_OWNER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,38}")
_NAME = re.compile(r"[A-Za-z0-9._-]{1,100}")
_OWNER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}")
_SOURCEHUT_OWNER = re.compile(r"~[a-z0-9_-]{1,100}")
_GITLAB_HOST = re.compile(r"gitlab\.[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_GITLAB_INSIDE = frozenset({"-", "tree", "blob", "raw", "commits", "issues", "merge_requests", "wikis"})
"""What stands after a project's name; the dash since GitLab 12 (docs.gitlab.com, "Project URLs")."""

_MOST_GROUPS = 20  # nested groups, by GitLab's own limit
_ANONYMOUS_OWNER = re.compile(
    r"anon(?:ymous)?(?:[-_.]?(?:account|authors?|code|github|paper|project|repo|review\w*|submissions?|users?|\d\w*))*"
    r"|anonymous[-_.].*|anonymous\d.*",
    re.IGNORECASE,
)


def repository(host: str, segments: Segments) -> str | None:
    """The repository's own address.

    Args:
        host: in small letters, without `www.`.
        segments: the path, cut at its slashes.

    Returns:
        Host and path, without scheme; None where it is no address inside a repository, or no host of code.
    """
    named = _HOSTS.get(host) or (_in_groups if is_gitlab(host) else None)
    path = named(segments) if named else None
    return "/".join((host, *path)) if path else None


def is_host(host: str) -> bool:
    """Whether code is kept there."""
    return host in _HOSTS or is_gitlab(host)


def is_gitlab(host: str) -> bool:
    """Whether it is somebody's own GitLab, which is called so by custom: `gitlab.lab.example`."""
    return _GITLAB_HOST.fullmatch(host) is not None


def hides_owner(address: str) -> bool:
    """Whether an address without scheme leads to what was put up for a review without its authors' names."""
    host, _, path = address.partition("/")
    segments = path.split("/")
    owner = segments[1] if segments[0] in {"datasets", "spaces", "collections"} else segments[0]
    return host in ANONYMOUS or _ANONYMOUS_OWNER.fullmatch(owner) is not None


def is_owner(host: str, segments: Segments) -> bool:
    """Whether a path is that of an owner's own page."""
    pages = _GITHUB_PAGES if host == "github.com" else _OTHER_PAGES
    owners = _SOURCEHUT_OWNER if host == "git.sr.ht" else _OWNER
    match segments:
        case [owner]:
            return owners.fullmatch(owner) is not None and pages.fullmatch(owner) is None
    return False


def without_endings(name: str, closing: str = ".") -> str:
    """A name without `.git` and closing punctuation."""
    bare = name.rstrip(closing)
    while bare.lower().endswith(".git"):
        bare = bare[:-4].rstrip(closing)
    return bare


def _named(
    owners: re.Pattern[str], pages: re.Pattern[str] = _OTHER_PAGES
) -> Callable[[Segments], Segments | None]:
    """Addresses that begin with an owner and a name."""

    def named(segments: Segments) -> Segments | None:
        match segments:
            case [owner, name, *_] if owners.fullmatch(owner) and not pages.fullmatch(owner):
                name = without_endings(name)
                return (owner, name) if _NAME.fullmatch(name) else None
        return None

    return named


def _in_groups(segments: Segments) -> Segments | None:
    """GitLab: groups inside groups, then the project, then what is inside it."""
    inside = (at for at, segment in enumerate(segments) if at > 1 and segment in _GITLAB_INSIDE)
    path = list(segments[: next(inside, None)])
    while path and not path[-1]:
        path.pop()
    if not 1 < len(path) <= _MOST_GROUPS + 1 or _OTHER_PAGES.fullmatch(path[0]):
        return None
    path[-1] = without_endings(path[-1])
    return path if all(map(_OWNER.fullmatch, path)) else None


def _mirrored(segments: Segments) -> Segments | None:
    """Anonymous GitHub (github.com/tdurieux/anonymous_github): `/r/NAME`, and `/repository/NAME` in its first years."""
    match segments:
        case ["r" | "repository" | "anonymize", name, *_] if _NAME.fullmatch(name := name.rstrip(".")):
            return "r", name
    return None


ANONYMOUS = frozenset({"anonymous.4open.science", "anon-github.automl.cc"})
"""Where Anonymous GitHub runs."""

_HOSTS: Mapping[str, Callable[[Segments], Segments | None]] = MappingProxyType(
    {
        "github.com": _named(_GITHUB_OWNER, _GITHUB_PAGES),
        "gitlab.com": _in_groups,
        "framagit.org": _in_groups,
        "codeberg.org": _named(_OWNER),
        "bitbucket.org": _named(_OWNER),
        "gitee.com": _named(_OWNER),
        "gitcode.com": _named(_OWNER),
        "git.sr.ht": _named(_SOURCEHUT_OWNER),
        **dict.fromkeys(ANONYMOUS, _mirrored),
    }
)
HOSTS = tuple(_HOSTS)
"""The hosts that are known by name."""

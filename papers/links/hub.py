"""The Hugging Face hub: models, datasets, Spaces and collections by their address."""

import re
from collections.abc import Sequence

from papers.links.code import without_endings
from papers.models import LinkKind

HOST = "huggingface.co"
ALIAS = "hf.co"

_NAME = re.compile(r"(?!.*(?:--|\.\.))[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?")
_SECTIONS = {
    "datasets": LinkKind.DATASET,
    "spaces": LinkKind.SPACE,
    "collections": LinkKind.COLLECTION,
}
_TABS = {*_SECTIONS, "activity", "followers", "following", "likes", "models", "papers"}
"""What stands in a name's place on the page of an owner."""

_PAGES = re.compile(
    "api|assets|billing|blog|brand|changelog|chat|contact|course|docs|enterprise|front|hardware|hub|inference|"
    "inference-endpoints|inference-providers|jobs|join|kernels|languages|learn|login|logout|metrics|models|new|"
    "new-dataset|new-space|notifications|oauth|organizations|papers|posts|pricing|privacy|resolve|search|settings|"
    "storage|subscribe|support|tasks|terms-of-service|users|welcome",
    re.IGNORECASE,
)
"""First segments that are pages of the site and nobody's name."""


def entry(segments: Sequence[str]) -> tuple[LinkKind, str] | None:
    """What a path of the hub leads to.

    Args:
        segments: the path, cut at its slashes.

    Returns:
        Its kind, and host and path of its own page; None for other pages. Owners and names keep to what the hub
        allows (`huggingface_hub.utils.validate_repo_id`).
    """
    kind, folder = LinkKind.MODEL, ""
    if segments[0].lower() in _SECTIONS:
        kind, folder = _SECTIONS[segments[0].lower()], f"{segments[0].lower()}/"
        segments = segments[1:]
    match segments:
        case [owner, name, *_] if not _PAGES.fullmatch(owner) and name.lower() not in _TABS:
            name = without_endings(name, ".-")
            if _NAME.fullmatch(owner) and _NAME.fullmatch(name):
                return kind, f"{HOST}/{folder}{owner}/{name}"
    return None


def is_owner(segments: Sequence[str]) -> bool:
    """Whether a path is that of an owner's own page."""
    match segments:
        case [owner]:
            return _NAME.fullmatch(owner) is not None and not (
                _PAGES.fullmatch(owner) or owner.lower() in _SECTIONS
            )
    return False

"""Items of the hub's daily list, in our own words."""

from typing import Any


def item(arxiv_id: str, title: str = "A paper about papers", /, **paper: object) -> dict[str, Any]:
    """An item with every key that was always there; `paper` adds to, or replaces, the paper's own."""
    return {
        "paper": {
            "id": arxiv_id,
            "authors": [{"_id": "1", "name": "Ada Marsh", "hidden": False}],
            "publishedAt": "2026-06-23T00:00:00.000Z",
            "title": title,
            "summary": "We read papers about papers. It helps.",
            "upvotes": 3,
            **paper,
        },
        "publishedAt": "2026-06-22T20:00:00.000Z",
        "title": title,
        "numComments": 1,
    }


def items(count: int, *, first: int = 1, month: str = "2606") -> list[dict[str, Any]]:
    """Items with ids in a row."""
    return [item(f"{month}.{number:05}", f"Paper {number}") for number in range(first, first + count)]

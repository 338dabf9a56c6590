"""Cutting a row of things into as few parcels as limits allow."""

from collections.abc import Iterator, Sequence

_Cut = tuple[int, int, int]
"""How many parcels, how uneven they are, and how many things the last one holds."""


def pack(sizes: Sequence[int], *, room: int, most: int) -> list[int]:
    """The fewest parcels for things in their order; among the fewest, those that are filled most evenly.

    Args:
        sizes: of each thing, in order; one that is larger than a parcel gets one of its own.
        room: how much a parcel holds.
        most: how many things a parcel holds.

    Returns:
        How many things are in each parcel.
    """
    best: list[_Cut] = [(0, 0, 0)]
    for end in range(1, len(sizes) + 1):
        best.append(min(_last_parcels(best, sizes[max(0, end - most) : end], room)))
    counts: list[int] = []
    left = len(sizes)
    while left:
        counts.append(best[left][2])
        left -= counts[-1]
    return counts[::-1]


def _last_parcels(best: Sequence[_Cut], sizes: Sequence[int], room: int) -> Iterator[_Cut]:
    """The ways to put the last of `sizes` into one parcel, after the best way for what is before."""
    used = 0
    for count, size in enumerate(reversed(sizes), start=1):
        used += size
        if used > room and count > 1:
            return
        parcels, unevenness, _ = best[len(best) - count]
        yield parcels + 1, unevenness + used * used, count


def shares(sizes: Sequence[int], room: int) -> list[int]:
    """What each thing gets of a room: as much as it wants, except that the largest give way, all to one size."""
    left = room
    granted: dict[int, int] = {}
    for rank, place in enumerate(sorted(range(len(sizes)), key=sizes.__getitem__)):
        granted[place] = min(sizes[place], left // (len(sizes) - rank))
        left -= granted[place]
    return [granted[place] for place in range(len(sizes))]

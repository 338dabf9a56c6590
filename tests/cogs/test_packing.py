from itertools import combinations, pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from cogs.cards.packing import pack, shares

SIZES = st.lists(st.integers(1, 60), max_size=11)


def fewest(sizes: list[int], room: int, most: int) -> int:
    """The fewest parcels there can be, found by trying every way to cut."""
    for cuts in range(len(sizes)):
        for places in combinations(range(1, len(sizes)), cuts):
            ends = [0, *places, len(sizes)]
            parcels = [sizes[start:end] for start, end in pairwise(ends)]
            if all(len(parcel) <= most and sum(parcel) <= room for parcel in parcels):
                return len(parcels)
    return 0


@given(SIZES, st.integers(60, 200), st.integers(1, 5))
def test_there_are_never_more_parcels_than_trying_every_cut_finds(
    sizes: list[int], room: int, most: int
) -> None:
    counts = pack(sizes, room=room, most=most)
    assert len(counts) == fewest(sizes, room, most)
    assert sum(counts) == len(sizes)
    starts = [sum(counts[:number]) for number in range(len(counts))]
    parcels = [sizes[start : start + count] for start, count in zip(starts, counts, strict=True)]
    assert all(len(parcel) <= most and sum(parcel) <= room for parcel in parcels)


def test_parcels_are_filled_evenly() -> None:
    assert pack([600] * 12, room=6000, most=10) == [6, 6]
    assert pack([10] * 20, room=6000, most=10) == [10, 10]
    assert pack([5000, 500, 500, 500], room=6000, most=10) == [1, 3]


def test_what_is_larger_than_a_parcel_has_one_of_its_own() -> None:
    assert pack([1, 99, 1], room=10, most=10) == [1, 1, 1]


@given(st.lists(st.integers(0, 9_000), min_size=1, max_size=10), st.integers(0, 6_000))
@example([3_000] * 10, 6_000)
def test_a_room_is_shared_so_that_the_largest_give_way(sizes: list[int], room: int) -> None:
    granted = shares(sizes, room)
    assert sum(granted) <= room
    assert all(got <= wanted for got, wanted in zip(granted, sizes, strict=True))
    short = [got for got, wanted in zip(granted, sizes, strict=True) if got < wanted]
    assert not short or min(short) >= room // len(sizes)
    assert not short or max(granted) <= max(short)
    assert not short or sum(granted) > room - len(sizes)

"""What is kept of whom, and that nothing of it is left once it is forgotten."""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from papers.models import Destination, DestinationKind, Draft, NewCorrection, Preferences
from papers.ports.privacy import KeptOfGuild, KeptOfPerson
from storage import Stores, open_stores
from storage.rows import moment
from support.papers import AT, DAY, EDITION, ROBOTS, TIDES, over_at
from support.subscriptions import wanted

PERSON, OTHER_PERSON = 410_000_000_000_000_123, 420_000_000_000_000_456
GUILD, OTHER_GUILD = 810_000_000_000_000_789, 820_000_000_000_000_987
HERE = Destination(kind=DestinationKind.CHANNEL, target_id=610_000_000_000_000_111, guild_id=GUILD)
THERE = Destination(kind=DestinationKind.CHANNEL, target_id=620_000_000_000_000_222, guild_id=OTHER_GUILD)
DIRECT = Destination(kind=DestinationKind.DIRECT, target_id=PERSON)
OTHER_DIRECT = Destination(kind=DestinationKind.DIRECT, target_id=OTHER_PERSON)


def corrected(person: int, guild_id: int, name: str = "Audio", *, minutes: int = 0) -> NewCorrection:
    return NewCorrection(
        guild_id=guild_id,
        arxiv_id=TIDES.arxiv_id,
        person=person,
        classifications=(name,),
        at=AT + timedelta(minutes=minutes),
    )


async def post(stores: Stores) -> None:
    """A sent message with a paper and one after it in every place, and a notice to the person about a channel."""

    def work(db: sqlite3.Connection) -> None:
        places = db.execute("SELECT id, guild_id FROM destinations ORDER BY id").fetchall()
        [paper] = db.execute("SELECT min(key) FROM papers").fetchone()
        for place, guild in places:
            numbers = [f"{place}-{step}" for step in ("first", "second")]
            for outbox_id in numbers:
                db.execute(
                    "INSERT INTO outbox (id, destination, guild_id, payload, planned_at, due_at, after)"
                    " VALUES (?, ?, ?, '{}', ?, ?, (SELECT number FROM outbox WHERE id = ?))",
                    [outbox_id, place, guild, moment(AT), moment(AT), numbers[0]],
                )
            db.execute(
                "INSERT INTO deliveries (destination, paper, outbox, subscription)"
                " SELECT ?, ?, number, 1 FROM outbox WHERE id = ?",
                [place, paper, numbers[0]],
            )
        db.execute(
            "INSERT INTO outbox (id, destination, payload, planned_at, due_at, form)"
            " SELECT 'notice', id, ?, ?, ?, 'notice' FROM destinations WHERE target_id = ?",
            [json.dumps({"content": f"I lost <#{HERE.target_id}>."}), moment(AT), moment(AT), PERSON],
        )

    await stores.database.write(lambda db: work(db.conn))


async def draft(stores: Stores, person: int, destination: Destination) -> None:
    begun = Draft(destination=destination, preferences=Preferences(query=""), person=person)
    await stores.subscriptions.save_draft(begun, at=AT)


@pytest.fixture
async def town(stores: Stores) -> Stores:
    """Two servers and two people, of whom everything is kept that can be."""
    await stores.papers.keep(EDITION, over_at=over_at(DAY), at=AT)
    for query, destination, person in (
        ("flow", HERE, PERSON),
        ("laundry", HERE, OTHER_PERSON),
        ("flow", THERE, PERSON),
        ("flow", DIRECT, PERSON),
        ("flow", OTHER_DIRECT, OTHER_PERSON),
    ):
        await stores.subscriptions.add(wanted(query, destination, created_by=person))
    await post(stores)
    await stores.corrections.add(corrected(PERSON, GUILD))
    await stores.corrections.add(corrected(OTHER_PERSON, OTHER_GUILD))
    for person, destination in ((PERSON, HERE), (PERSON, DIRECT), (OTHER_PERSON, THERE)):
        await draft(stores, person, destination)
    await stores.privacy.note_presence([OTHER_GUILD], at=AT)
    return stores


def cells(path: Path) -> dict[str, list[object]]:
    """Every value of every table in a database, by table: those that are to come as well."""
    with closing(sqlite3.connect(path)) as db:
        tables = [name for [name] in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: [value for row in db.execute(f"SELECT * FROM '{table}'") for value in row]  # noqa: S608
            for table in tables
        }


def tables_with(path: Path, number: int) -> set[str]:
    """The tables in which a number stands, in whatever form."""
    text = str(number)
    return {
        table
        for table, values in cells(path).items()
        for value in values
        if (text.encode() in value if isinstance(value, bytes) else text in str(value))
    }


async def whole(stores: Stores) -> bool:
    """Whether every row that is referred to is there."""
    return await stores.database.read(
        lambda db: (
            db.execute("PRAGMA foreign_key_check").fetchall() == []
            and db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        )
    )


async def test_what_is_kept_of_a_person_is_shown(town: Stores) -> None:
    assert await town.privacy.of_person(PERSON) == KeptOfPerson(
        direct=("flow",), messages=3, made=2, corrections=1, drafts=2
    )
    assert await town.privacy.of_person(7) == KeptOfPerson()


async def test_what_is_kept_of_a_server_is_shown(town: Stores) -> None:
    assert await town.privacy.of_guild(GUILD) == KeptOfGuild(
        subscriptions=2, places=1, messages=2, corrections=1, drafts=1
    )
    assert await town.privacy.of_guild(7) == KeptOfGuild()


async def test_of_a_forgotten_person_nothing_is_left_and_servers_go_on(town: Stores, tmp_path: Path) -> None:
    path = tmp_path / "papers.db"
    assert tables_with(path, PERSON) >= {"destinations", "subscriptions", "corrections", "drafts"}
    await town.privacy.forget_person(PERSON)
    assert tables_with(path, PERSON) == set()
    assert await town.privacy.of_person(PERSON) == KeptOfPerson()
    assert [item.created_by for item in await town.subscriptions.of_guild(GUILD)] == [0, OTHER_PERSON]
    paper = await town.papers.get(TIDES.arxiv_id)
    assert paper is not None
    assert paper.corrections[GUILD] == ("Audio",)
    assert (await town.privacy.of_person(OTHER_PERSON)).messages == 2
    assert await whole(town)


async def test_of_a_forgotten_server_nothing_is_left_and_others_go_on(town: Stores, tmp_path: Path) -> None:
    path = tmp_path / "papers.db"
    others = await town.privacy.of_guild(OTHER_GUILD)
    assert tables_with(path, GUILD) >= {"destinations", "subscriptions", "corrections", "drafts", "outbox"}
    assert "departures" in tables_with(path, GUILD)
    await town.privacy.forget_guild(GUILD)
    assert tables_with(path, GUILD) == tables_with(path, HERE.target_id) == set()
    assert await town.privacy.of_guild(GUILD) == KeptOfGuild()
    assert await town.privacy.of_guild(OTHER_GUILD) == others
    paper = await town.papers.get(TIDES.arxiv_id)
    assert paper is not None
    assert set(paper.corrections) == {OTHER_GUILD}
    assert await whole(town)


async def test_a_promoted_correction_outlives_its_person_and_server(stores: Stores, tmp_path: Path) -> None:
    await stores.papers.keep(EDITION, over_at=over_at(DAY), at=AT)
    kept = await stores.corrections.add(corrected(PERSON, GUILD))
    assert kept is not None
    await stores.corrections.promote(kept.id)
    await stores.privacy.forget_guild(GUILD)
    paper = await stores.papers.get(TIDES.arxiv_id)
    assert paper is not None
    assert [item.name for item in paper.classifications] == ["Audio"]
    assert [(one.person, one.guild_id, one.promoted) for one in await stores.corrections.all()] == [
        (0, 0, True)
    ]
    assert tables_with(tmp_path / "papers.db", PERSON) == tables_with(tmp_path / "papers.db", GUILD) == set()
    assert await stores.corrections.withdraw(kept.id) is not None


@pytest.mark.parametrize("first", [PERSON, OTHER_PERSON])
async def test_two_who_are_forgotten_after_correcting_one_paper_leave_the_newer_word(
    stores: Stores, first: int
) -> None:
    await stores.papers.keep(EDITION, over_at=over_at(DAY), at=AT)
    await stores.corrections.add(corrected(PERSON, GUILD, "Audio"))
    await stores.corrections.add(corrected(OTHER_PERSON, GUILD, "Robotics", minutes=1))
    for person in (first, *({PERSON, OTHER_PERSON} - {first})):
        await stores.privacy.forget_person(person)
    paper = await stores.papers.get(TIDES.arxiv_id)
    assert paper is not None
    assert paper.corrections[GUILD] == ("Robotics",)
    assert [one.person for one in await stores.corrections.all()] == [0]


async def test_an_older_promoted_word_stays_everybodys_when_both_are_forgotten(stores: Stores) -> None:
    await stores.papers.keep(EDITION, over_at=over_at(DAY), at=AT)
    older = await stores.corrections.add(corrected(PERSON, GUILD, "Audio"))
    assert older is not None
    await stores.corrections.promote(older.id)
    await stores.corrections.add(corrected(OTHER_PERSON, GUILD, "Robotics", minutes=1))
    for person in (PERSON, OTHER_PERSON):
        await stores.privacy.forget_person(person)
    kept = {one.classifications: (one.counts, one.promoted) for one in await stores.corrections.all()}
    assert kept == {("Audio",): (False, True), ("Robotics",): (True, False)}


async def test_a_person_who_was_only_told_about_a_server_goes_with_it(stores: Stores, tmp_path: Path) -> None:
    await stores.subscriptions.add(wanted("", HERE, created_by=OTHER_PERSON))
    [told, _] = [
        (await stores.subscriptions.add(wanted("", place, created_by=PERSON)))[0] for place in (DIRECT, THERE)
    ]
    await stores.papers.keep(EDITION, over_at=over_at(DAY), at=AT)
    await stores.database.write(
        lambda db: db.execute(
            "INSERT INTO outbox (id, destination, payload, planned_at, due_at, form)"
            " SELECT 'notice', id, ?, ?, ?, 'notice' FROM destinations WHERE target_id = ?",
            [json.dumps({"content": f"<#{HERE.target_id}>"}), moment(AT), moment(AT), PERSON],
        )
    )
    await stores.subscriptions.remove(told.id)
    await stores.privacy.forget_guild(GUILD)
    assert tables_with(tmp_path / "papers.db", PERSON) == {"subscriptions"}


async def test_a_departure_is_noted_once_and_taken_back_on_return(town: Stores) -> None:
    later = AT + timedelta(days=3)
    await town.privacy.note_presence([OTHER_GUILD], at=later)
    assert await town.privacy.left_before(AT - timedelta(seconds=1)) == []
    assert await town.privacy.left_before(AT) == [GUILD]
    await town.privacy.note_presence([GUILD], at=later)
    assert await town.privacy.left_before(AT) == []
    assert await town.privacy.left_before(later) == [OTHER_GUILD]


async def test_nobody_leaves_of_whom_nothing_is_kept(stores: Stores) -> None:
    await stores.papers.keep(EDITION, over_at=over_at(DAY), at=AT)
    kept = await stores.corrections.add(corrected(PERSON, GUILD))
    assert kept is not None
    await stores.corrections.promote(kept.id)
    await stores.privacy.forget_guild(GUILD)
    await stores.privacy.note_presence([], at=AT)
    assert await stores.privacy.left_before(AT) == []


async def test_old_drafts_and_answers_go_and_younger_ones_stay(tmp_path: Path) -> None:
    async with open_stores(tmp_path / "papers.db") as stores:
        await draft(stores, PERSON, DIRECT)
        await stores.language_model.keep_answer("asked", "{}", at=AT)
        await stores.privacy.prune(drafts_before=AT, answers_before=AT)
        assert (await stores.privacy.of_person(PERSON)).drafts == 1
        assert await stores.language_model.answer("asked") == "{}"
        after = AT + timedelta(seconds=1)
        await stores.privacy.prune(drafts_before=after, answers_before=after)
        assert (await stores.privacy.of_person(PERSON)).drafts == 0
        assert await stores.language_model.answer("asked") is None


async def test_a_place_that_nobody_uses_any_more_goes(town: Stores) -> None:
    unused = HERE.model_copy(update={"target_id": 99})
    kept, _ = await town.subscriptions.add(wanted("", unused))
    await town.subscriptions.remove(kept.id)
    assert (await town.privacy.of_guild(GUILD)).places == 2
    await town.privacy.prune(drafts_before=AT, answers_before=AT)
    assert (await town.privacy.of_guild(GUILD)).places == 1
    assert await whole(town)


async def test_a_name_like_the_id_of_somebody_else_is_left_alone(town: Stores) -> None:
    await town.privacy.forget_person(GUILD)
    await town.privacy.forget_guild(PERSON)
    assert (await town.privacy.of_person(PERSON)).direct
    assert (await town.privacy.of_guild(GUILD)).subscriptions == 2
    assert ROBOTS.arxiv_id in {paper.arxiv_id for paper in await town.papers.edition(DAY)}

"""What the log keeps of each request."""

import aiohttp
import pytest

from playground.faults import Effect, Fault
from playground.requests import ANSWERS_KEPT, RequestLog, RequestRecord
from support.discord_rest import Rest, asking
from support.discord_town import TOKEN, Town


def newest(town: Town) -> RequestRecord:
    return town.playground.log.records[-1]


async def test_an_answer_is_kept_as_it_was_then(town: Town, rest: Rest) -> None:
    path = f"/channels/{town.channel.id}/messages"
    posted = await rest.post(path, {"content": "first"})
    record = newest(town)
    await rest.patch(f"{path}/{posted.body['id']}", {"content": "second"})
    assert record.answer == posted.body
    assert posted.body["content"] == "first"
    assert record.seconds > 0


async def test_a_refusal_is_an_answer(town: Town, rest: Rest) -> None:
    refused = await rest.get("/channels/5")
    assert (newest(town).status, newest(town).answer) == (404, refused.body)


async def test_where_nothing_is_answered_none_is_kept(town: Town, rest: Rest) -> None:
    path = f"/channels/{town.channel.id}/messages"
    posted = await rest.post(path, {"content": "x"})
    assert (await rest.delete(f"{path}/{posted.body['id']}")).status == 204
    assert newest(town).answer is None


@pytest.mark.parametrize("effect", [Effect.RESET, Effect.ANSWER_LOST])
async def test_what_is_cut_off_has_no_answer(town: Town, effect: Effect) -> None:
    town.playground.faults.add(Fault(effect))
    async with asking(town.playground, TOKEN) as rest:
        with pytest.raises((aiohttp.ClientError, OSError)):
            await rest.post(f"/channels/{town.channel.id}/messages", {"content": "x"})
    record = newest(town)
    assert (record.status, record.answer, record.fault) == (0, None, effect)


async def test_of_many_requests_only_the_newest_have_their_answers(town: Town, rest: Rest) -> None:
    await rest.get("/users/@me")
    log, record = RequestLog(), newest(town)
    for _ in range(ANSWERS_KEPT + 7):
        log.add(record)
    assert [kept.answer for kept in log.records] == [None] * 7 + [record.answer] * ANSWERS_KEPT
    assert {kept.bucket for kept in log.records} == {record.bucket}


async def test_the_delay_of_a_fault_counts(town: Town, rest: Rest) -> None:
    town.playground.faults.add(Fault(Effect.SLOW, seconds=0.05))
    await rest.get("/users/@me")
    assert newest(town).seconds >= 0.04


async def test_a_failure_of_the_playground_itself_is_kept_too(
    town: Town, rest: Rest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RequestLog, "everywhere", [])
    posted = await rest.post(f"/channels/{town.channel.id}/messages", {"content": "x"})
    town.channel.messages[int(posted.body["id"])]["content"] = object()
    failed = await rest.session.get(
        f"{rest.base}/channels/{town.channel.id}/messages", headers={"Authorization": f"Bot {TOKEN}"}
    )
    assert failed.status == newest(town).status == 500
    assert (newest(town).answer, newest(town).fault) == (None, None)

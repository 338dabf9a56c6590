"""Messages as the page shows them."""

import pytest

from playground.messages import EPHEMERAL, LOADING, SUPPRESS_EMBEDS
from playground.permissions import MENTION_EVERYONE
from support.drawn import Drawn, world


@pytest.fixture
def drawn() -> Drawn:
    return world()


def test_who_wrote_what_and_when(drawn: Drawn) -> None:
    message = drawn.post({"content": "**hello**"})
    item = drawn.show(message)
    assert item.tag == "li"
    assert item.attrs | {"class": ""} == {
        "class": "",
        "id": f"m-{message['id']}",
        "data-message": message["id"],
        "data-author": str(drawn.bot.id),
        "data-at": "2026-07-18T12:00:00.000+00:00",
    }
    assert item.one("h3").text == "Paperboy APP 18 July 2026 12:00 UTC"
    assert item.one(css="content").one("strong").text == "hello"
    assert item.one("svg", css="avatar").text == "P"
    assert not item.all(css="edited")


def test_people_have_no_badge(drawn: Drawn) -> None:
    assert not drawn.show(drawn.post({"content": "x"}, author=drawn.owner)).all(css="badge")


def test_the_same_person_has_the_same_colour(drawn: Drawn) -> None:
    colours = [drawn.shown({"content": "x"}).one("rect").attrs["fill"] for _ in range(2)]
    assert colours[0] == colours[1]


def test_an_edited_message_says_so(drawn: Drawn) -> None:
    message = drawn.post({"content": "before"})
    drawn.messages.edit(drawn.bot.user, drawn.channel, message, {"content": "after"})
    item = drawn.show(message)
    assert (item.one(css="content").text, item.one(css="edited").text) == ("after", "(edited)")


def test_a_reply_shows_what_it_answers(drawn: Drawn) -> None:
    question = drawn.post({"content": "**what** is\n||new||?"}, author=drawn.owner)
    answer = drawn.post({"content": "this", "message_reference": {"message_id": question["id"]}})
    assert drawn.show(answer).one(css="context").text == "↳ olga what is (spoiler)?"
    drawn.messages.delete(drawn.channel, question)
    assert drawn.show(answer).one(css="context").text == "↳ Original message was deleted."


def test_an_answer_to_a_command_says_who_used_which(drawn: Drawn) -> None:
    message = drawn.post({"content": "found"}) | {
        "interaction": {"name": "feed add", "user": {"username": "<mika>"}}
    }
    context = drawn.show(message).one(css="context")
    assert (context.text, context.one("code").text) == ("<mika> used /feed add", "/feed add")


def test_a_private_message_says_so_and_can_be_dismissed(drawn: Drawn) -> None:
    message = drawn.private({"content": "for you"}, EPHEMERAL)
    item = drawn.show(message)
    assert "private" in item.classes
    assert item.one(css="only-you").text == "Only you can see this · Dismiss message"
    assert item.one(css="only-you").one("button").attrs["data-dismiss"] == message["id"]


def test_a_bot_that_thinks_says_so(drawn: Drawn) -> None:
    item = drawn.show(drawn.private({}, LOADING))
    assert "thinking" in item.classes
    thinking = item.one("p", css="thinking")
    assert (thinking.text, thinking.attrs["role"]) == ("Paperboy is thinking…", "status")


def test_a_message_leads_to_its_thread(drawn: Drawn) -> None:
    message = drawn.post({"content": "x"})
    assert not drawn.show(message).all(css="thread-link")
    thread = drawn.world.add_thread(drawn.channel, "18 July", drawn.bot.id, thread_id=int(message["id"]))
    drawn.post({"content": "first"}, channel=thread)
    link = drawn.show(message).one(css="thread-link")
    assert (link.text, link.attrs["href"]) == ("18 July — 1 message", f"#/c/{thread.id}")
    drawn.post({"content": "second"}, channel=thread)
    assert drawn.show(message).one(css="thread-link").text == "18 July — 2 messages"


def test_embeds_that_are_suppressed_are_not_shown(drawn: Drawn) -> None:
    body = {"content": "x", "embeds": [{"title": "t"}]}
    assert drawn.shown(body).all(css="embed")
    assert not drawn.shown(body | {"flags": SUPPRESS_EMBEDS}).all(css="embed")


def test_who_is_meant_sees_it_marked(drawn: Drawn) -> None:
    role = drawn.world.add_role(drawn.guild, "readers", 0, mentionable=True)
    drawn.guild.members[drawn.member.id].roles.append(role.id)
    drawn.channel.overwrites[drawn.bot.id] = (MENTION_EVERYONE, 0)
    for text, owner_too in [(f"<@{drawn.member.id}>", False), (f"<@&{role.id}>", False), ("@everyone", True)]:
        message = drawn.post({"content": text})
        assert "mentions-me" in drawn.show(message).classes
        assert ("mentions-me" in drawn.show(message, drawn.owner).classes) is owner_too


def test_a_mention_that_pings_nobody_is_shown_but_marks_nothing(drawn: Drawn) -> None:
    item = drawn.shown({"content": f"<@{drawn.member.id}>", "allowed_mentions": {"parse": []}})
    assert item.one(css="mention").text == "@mika"
    assert "mentions-me" not in item.classes


def test_mentions_name_what_the_reader_knows(drawn: Drawn) -> None:
    hidden = drawn.world.add_channel(drawn.guild, "hidden")
    hidden.overwrites[drawn.guild.id] = (0, 1 << 10)
    elsewhere = drawn.world.add_channel(drawn.world.add_guild("Other", drawn.owner, 0), "elsewhere")
    ids = (drawn.channel.id, hidden.id, elsewhere.id)
    message = drawn.post({"content": "".join(f"<#{number}>" for number in ids) + f"<@&{drawn.guild.id}>"})
    assert drawn.show(message).one(css="content").text == "#papers#unknown#unknown@everyone"
    assert drawn.show(message, drawn.owner).one(css="content").text == "#papers#hidden#elsewhere@everyone"


def test_direct_messages_know_no_roles_and_no_channel_of_their_own(drawn: Drawn) -> None:
    letters = drawn.world.direct_channel(drawn.bot.user, drawn.member)
    message = drawn.post(
        {"content": f"<#{letters.id}> <@&{drawn.guild.id}> <#{drawn.channel.id}>"}, channel=letters
    )
    html = str(drawn.renderer().message(message, letters))
    assert ("#unknown" in html, "@unknown-role" in html, "#papers" in html) == (True, True, True)


def test_many_messages_stand_in_their_order(drawn: Drawn) -> None:
    made = [drawn.post({"content": text}) for text in ("a", "b")]
    html = str(drawn.renderer().messages(made, drawn.channel))
    assert html == "".join(str(drawn.renderer().message(message, drawn.channel)) for message in made)
    assert drawn.renderer().messages([], drawn.channel) == ""


def test_what_people_are_called_is_no_html(drawn: Drawn) -> None:
    drawn.bot.user.name = '"><script>x</script>'
    item = drawn.shown({"content": "x", "embeds": [{"author": {"name": "<b>"}, "footer": {"text": "<i>"}}]})
    assert item.one(css="author").text == '"><script>x</script>'
    assert item.one(css="embed").attrs["aria-label"] == "Embed: <b>"
    assert not item.all("script")

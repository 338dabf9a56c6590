"""What a person does with a bot; its answer comes by the WebSocket, the form that it opens at once."""

from collections.abc import Awaitable
from typing import TypeVar

from playground.errors import Json, UnansweredError
from playground.interactions.options import Value
from playground.page import offers
from playground.page.acts import PressForm, SelectForm, SlashForm, SubmitForm, TypingForm
from playground.page.drawing.rendering import Renderer
from playground.page.entities import Entities
from playground.page.forms import read
from playground.page.parts import Route, Visit
from playground.page.refusals import PageError
from playground.people import Reply, answered
from playground.world import Application, Channel

PATIENCE = 3.0
"""Seconds of real time in which a bot must give its first answer."""

AnswerT = TypeVar("AnswerT")


async def slash(visit: Visit) -> Json:
    """Uses a command."""
    form = await read(SlashForm, visit.request)
    channel, bot, options = _command(visit, form)
    reply = visit.parts.people.slash(
        visit.viewer,
        channel,
        form.name,
        options,
        application=bot,
        until=answered,
        patience=PATIENCE,
    )
    return _opened(visit, await _in_time(reply, bot))


async def autocomplete(visit: Visit) -> Json:
    """Types into an option of a command."""
    form = await read(TypingForm, visit.request)
    channel, bot, options = _command(visit, form)
    choices = visit.parts.people.autocomplete(
        visit.viewer,
        channel,
        form.name,
        focused=form.focused,
        typed=form.typed,
        options=options,
        application=bot,
        patience=PATIENCE,
    )
    return {"choices": await _in_time(choices, bot)}


async def press(visit: Visit) -> Json:
    """Presses a button."""
    form = await read(PressForm, visit.request)
    message, bot = _message(visit, form)
    reply = visit.parts.people.click(visit.viewer, message, form.custom_id, until=answered, patience=PATIENCE)
    return _opened(visit, await _in_time(reply, bot))


async def select(visit: Visit) -> Json:
    """Chooses from a menu."""
    form = await read(SelectForm, visit.request)
    message, bot = _message(visit, form)
    reply = visit.parts.people.select(
        visit.viewer, message, form.custom_id, form.values, until=answered, patience=PATIENCE
    )
    return _opened(visit, await _in_time(reply, bot))


async def submit(visit: Visit) -> Json:
    """Sends a form that a bot opened."""
    form = await read(SubmitForm, visit.request)
    opened = visit.parts.interactions.opened(int(form.interaction))
    if opened.user is not visit.viewer:
        raise PageError("Somebody else opened that form.", 403)
    reply = visit.parts.people.submit(visit.viewer, opened, form.values, until=answered, patience=PATIENCE)
    return _opened(visit, await _in_time(reply, opened.application))


ROUTES = [Route("POST", use.__name__, use) for use in (slash, autocomplete, press, select, submit)]


def _command(visit: Visit, form: SlashForm) -> tuple[Channel, Application, dict[str, Value]]:
    """Where a command is used, whose it is, and what is filled in."""
    channel = visit.places.channel(int(form.channel))
    command = offers.find(visit, channel, int(form.application), form.name)
    return channel, command.application, Entities(visit.known(channel)).filled(command.options, form.options)


def _message(visit: Visit, form: PressForm) -> tuple[Json, Application]:
    channel = visit.places.channel(int(form.channel))
    message = visit.parts.people.message(visit.viewer, channel, int(form.message))
    bot = visit.world.applications.get(int(message["author"]["id"]))
    if bot is None:
        raise PageError("No bot wrote the message.", 409)
    return message, bot


async def _in_time(awaited: Awaitable[AnswerT], bot: Application) -> AnswerT:
    try:
        return await awaited
    except UnansweredError:
        raise PageError(f"{bot.user.name} did not respond in time.", 504) from None


def _opened(visit: Visit, reply: Reply) -> Json:
    if reply.modal is None:
        return {"modal": None}
    return {
        "modal": {
            "interaction": str(reply.interaction.id),
            "title": reply.modal["title"],
            "html": Renderer(visit.world, visit.viewer).modal(reply.modal, reply.interaction.channel),
        }
    }

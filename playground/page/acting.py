"""What a person does that needs no bot."""

from playground.errors import Json
from playground.page.acts import DirectForm, DismissForm, SayForm
from playground.page.forms import read
from playground.page.parts import Route, Visit
from playground.page.refusals import PageError


async def say(visit: Visit) -> Json:
    """Writes a message."""
    form = await read(SayForm, visit.request)
    channel = visit.places.channel(int(form.channel))
    if not visit.places.may_write(channel):
        raise PageError("You may not write here.", 403)
    return {"id": visit.parts.people.say(visit.viewer, channel, form.content)["id"]}


async def dismiss(visit: Visit) -> Json:
    """Forgets a message that the person alone sees."""
    form = await read(DismissForm, visit.request)
    visit.parts.people.dismiss(visit.viewer, int(form.message))
    return {}


async def direct(visit: Visit) -> Json:
    """Opens the direct messages with a bot."""
    form = await read(DirectForm, visit.request)
    return {"channel": str(visit.places.direct(int(form.user)).id)}


ROUTES = [Route("POST", act.__name__, act) for act in (say, dismiss, direct)]

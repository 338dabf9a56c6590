"""The page as a part of the playground's web application."""

import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web

from playground.errors import ApiError, PlaygroundError
from playground.page import acting, looking, offers, operating, reading, requests, troubling, using
from playground.page.environment import ENVIRONMENT
from playground.page.forms import number
from playground.page.guard import HEADERS, refusal
from playground.page.live import LivePages
from playground.page.parts import Handler, Parts, Route, Visit
from playground.page.places import people, person
from playground.page.refusals import PageError, sentence
from playground.world import User, World

ROUTES: list[Route] = [
    *looking.ROUTES,
    *reading.ROUTES,
    *offers.ROUTES,
    *acting.ROUTES,
    *using.ROUTES,
    *requests.ROUTES,
    *operating.ROUTES,
    *troubling.ROUTES,
]

_STATIC = Path(__file__).parent / "static"
_OTHERS = ("/api/", "/gateway")
"""What is not the page's: it answers bots, and they say who they are."""

_log = logging.getLogger(__name__)
_Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Site:
    """Serves the page, its files and what it asks for."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._live = LivePages(parts)

    def add_to(self, application: web.Application) -> None:
        """Adds the routes to a web application, and guards whatever is no bot's there."""
        application.middlewares.append(_answer)
        application.on_response_prepare.append(_label)
        application.router.add_get("/", self._index)
        application.router.add_static("/static", _STATIC)
        application.router.add_get("/page/live", self._tell)
        application.on_shutdown.append(self._live.close)
        for route in ROUTES:
            application.router.add_route(route.method, f"/page/{route.path}", self._handler(route.handler))

    async def _index(self, _: web.Request) -> web.Response:
        page = ENVIRONMENT.get_template("index.html").render(now=self._parts.world.now().isoformat())
        return web.Response(text=page, content_type="text/html")

    async def _tell(self, request: web.Request) -> web.StreamResponse:
        return await self._live.serve(self._visit(request))

    def _visit(self, request: web.Request) -> Visit:
        return Visit(self._parts, viewer(self._parts.world, request), request)

    def _handler(self, handler: Handler) -> _Answering:
        async def handle(request: web.Request) -> web.StreamResponse:
            return web.json_response(await handler(self._visit(request)))

        return handle


def viewer(world: World, request: web.Request) -> User:
    """The person as whom is asked (`as`); the first of all where nothing is said.

    Raises:
        PageError: it is no person's id, or nobody lives there.
    """
    asked = request.query.get("as")
    if asked is not None:
        return person(world, number(asked, "as"))
    if not (everybody := people(world)):
        raise PageError("Nobody lives in this playground yet.", 409)
    return everybody[0]


@web.middleware
async def _answer(request: web.Request, handler: _Answering) -> web.StreamResponse:
    if request.path.startswith(_OTHERS):
        return await handler(request)
    if (reason := refusal(request)) is not None:
        return _refused(reason, 403)
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < web.HTTPBadRequest.status_code:
            raise
        return _refused(f"{error.reason}.", error.status)
    except Exception as error:  # noqa: BLE001 - what no case knows is logged with its traceback
        return _problem(error, request)


def _problem(error: Exception, request: web.Request) -> web.Response:
    match error:
        case PageError():
            return _refused(str(error), error.status)
        case PlaygroundError():
            return _refused(str(error), 409)
        case ApiError():
            return _refused(sentence(error), error.status)
    _log.error("The page could not answer %s.", request.path, exc_info=error)
    return _refused("The playground itself failed; its log says how.", 500)


async def _label(request: web.Request, response: web.StreamResponse) -> None:
    if not request.path.startswith(_OTHERS):
        response.headers.update(HEADERS)
        response.headers["Cache-Control"] = "no-cache"


def _refused(message: str, status: int) -> web.Response:
    return web.json_response({"message": message}, status=status)

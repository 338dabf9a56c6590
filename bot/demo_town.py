"""The demo's surroundings: a server to post to, and the sample edition served as the hub serves a day."""

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from aiohttp import web

from bot.sample import SAMPLE_DAY, sample_answer
from papers.models import Destination, DestinationKind
from papers.query import Query, tagged
from playground import permissions
from playground.errors import PlaygroundError
from playground.forms.messages import MessageForm
from playground.kept import Kept
from playground.messages import Messages
from playground.server import HOST, Playground
from playground.snowflakes import Now
from playground.world import Application, Channel, ChannelType, Guild, User, World

TOKEN = "demo.token"  # noqa: S105 - the playground's, worth nothing elsewhere
_PATH = "/api/daily_papers"
_BUILT_AT = datetime(2026, 1, 1, tzinfo=UTC)

_TAGS = ("Multimodal", "Computer Vision", "Robotics", "Audio", "Question Answering", "About")
_WELCOME = "What this place is for"
_WELCOME_TEXT = """\
Here we talk about single papers. Open a post for one you have read or want to read with others, tag it with what it \
is about, and say in a line or two what you make of it.

`/paper` shows any paper of the archive in full, to begin with."""


@dataclass(frozen=True)
class Town:
    """The demo's server: its bot, its people, and its channels with what each subscribes to."""

    bot: Application
    owner: User
    member: User
    guild: Guild
    channels: dict[int, tuple[Channel, Query]]


@asynccontextmanager
async def open_town(
    now: Now, *, port: int = 0, rate_limits: bool = True, kept: Kept | None = None
) -> AsyncIterator[tuple[Playground, Town]]:
    """Serves a playground with the demo's server in it, whose ids are the same each time.

    Args:
        now: the clock from then on.
        port: of loopback; 0 takes a free one.
        rate_limits: whether the playground has Discord's.
        kept: the world of an earlier demo to go on with; None builds a new one.

    Raises:
        PlaygroundError: the port is taken, or what was kept is of no demo.
    """
    built = False

    def moment() -> datetime:
        return now() if built else _BUILT_AT

    async with AsyncExitStack() as stack:
        running = Playground.running(port=port, now=moment, rate_limits=rate_limits)
        try:
            playground = await stack.enter_async_context(running)
        except OSError as error:
            raise PlaygroundError(
                f"Port {port} of {HOST} cannot be used ({os.strerror(error.errno or 0)}): name another with --port."
            ) from error
        town = _build(playground.world) if kept is None else _take_up(playground.world, kept)
        built = True
        yield playground, town


def _build(world: World) -> Town:
    bot = world.add_application("Paperboy", TOKEN)
    owner, member = world.add_user("admin"), world.add_user("member")
    guild = world.add_guild("Reading group", owner, permissions.MEMBER)
    wanted = {"papers": Query(), "multimodal": tagged("Multimodal"), "language": tagged("NLP")}
    made = [(world.add_channel(guild, name), query) for name, query in wanted.items()]
    _furnish(world, guild, owner)
    world.join(guild, member)
    world.join(guild, bot.user)
    return Town(bot, owner, member, guild, {channel.id: (channel, query) for channel, query in made})


def _furnish(world: World, guild: Guild, owner: User) -> None:
    """Adds a place of each kind to try things in; nothing is subscribed there."""
    world.add_channel(guild, "announcements", ChannelType.ANNOUNCEMENT)
    world.add_channel(guild, "lounge")
    forum = world.add_channel(guild, "discussions", ChannelType.FORUM, tags=_TAGS)
    post = world.add_thread(forum, _WELCOME, owner.id)
    post.applied_tags = [int(forum.tags[-1]["id"])]
    Messages(world).post(owner, post, MessageForm(content=_WELCOME_TEXT), message_id=post.id)


def _take_up(world: World, kept: Kept) -> Town:
    """The town in a world that was kept: what was built then is found by its ids."""
    kept.restore(world)
    built = _build(World(lambda: _BUILT_AT))
    try:
        return Town(
            world.applications[built.bot.id],
            world.users[built.owner.id],
            world.users[built.member.id],
            world.guilds[built.guild.id],
            {
                number: (world.channels[number], query)
                for number, (_, query) in built.channels.items()
                if number in world.channels
            },
        )
    except KeyError as error:
        raise PlaygroundError("What was kept is of no demo: move it away to begin anew.") from error


def destination(channel: Channel) -> Destination:
    """The channel as the archive knows it."""
    return Destination(kind=DestinationKind.CHANNEL, target_id=channel.id, guild_id=channel.guild_id)


@asynccontextmanager
async def sample_source() -> AsyncIterator[str]:
    """Serves the sample edition on loopback, and yields the address to use in the hub's place."""
    application = web.Application()
    application.router.add_get(_PATH, _serve)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, 0).start()
        yield f"http://{HOST}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def _serve(request: web.Request) -> web.Response:
    first_page = request.query.get("p", "0") == "0"
    asked = request.query.get("date") == SAMPLE_DAY.isoformat()
    body = sample_answer() if asked and first_page else b"[]"
    return web.Response(body=body, content_type="application/json")

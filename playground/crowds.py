"""Many servers at once, to see how a bot and the playground bear them."""

from playground import permissions
from playground.world import Application, Guild, User, World


def crowd(
    world: World, bot: Application, owner: User, *, servers: int = 5_000, channels: int = 30
) -> list[Guild]:
    """Adds servers with text channels to a world, all of one owner, each with the bot in it.

    Args:
        world: where to.
        bot: who joins each of them.
        owner: who owns each of them.
        servers: how many.
        channels: how many each has.

    Returns:
        The servers, oldest first.
    """
    return [_server(world, bot, owner, number, channels) for number in range(1, servers + 1)]


def _server(world: World, bot: Application, owner: User, number: int, channels: int) -> Guild:
    guild = world.add_guild(f"Reading group {number}", owner, permissions.MEMBER)
    for channel in range(1, channels + 1):
        world.add_channel(guild, f"papers-{channel}")
    world.join(guild, bot.user)
    return guild

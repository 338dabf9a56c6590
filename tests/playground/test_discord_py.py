"""The real discord.py against the playground."""

import asyncio
import io
from typing import Any, ClassVar, Self

import discord
import pytest
from discord import app_commands
from discord.ext import commands

from playground.errors import PlaygroundError
from support.discord_client import OPTIONS, connected, logged_in
from support.discord_town import TOKEN, Town


class Bot(commands.AutoShardedBot):
    """A bot with a command for each way to answer."""

    def __init__(self, intents: discord.Intents | None = None) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned, intents=intents or discord.Intents.none(), **OPTIONS
        )

    async def setup_hook(self) -> None:
        self.tree.add_command(greet)
        self.tree.add_command(think)
        self.tree.add_command(place)
        self.tree.add_command(admin)
        await self.tree.sync()


class Mood(discord.ui.View):
    """A button that edits its message, and a menu that answers beside it."""

    @discord.ui.button(label="Again", custom_id="again")
    async def again(self, interaction: discord.Interaction, _: discord.ui.Button[Self]) -> None:
        await interaction.response.edit_message(content=f"again, {interaction.user.name}", view=None)

    @discord.ui.select(
        custom_id="tone", options=[discord.SelectOption(label="kind"), discord.SelectOption(label="cold")]
    )
    async def tone(self, interaction: discord.Interaction, menu: discord.ui.Select[Self]) -> None:
        await interaction.response.send_message(menu.values[0], ephemeral=True)


@app_commands.command(description="Greets")
@app_commands.describe(name="Whom", times="How often")
async def greet(interaction: discord.Interaction, name: str, times: int = 1) -> None:
    await interaction.response.send_message(
        f"hello {name} " * times, embed=discord.Embed(title="Hi"), view=Mood(), ephemeral=times > 1
    )


@greet.autocomplete("name")
async def names(interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=current.upper(), value=f"{interaction.user.name} {current}")]


@app_commands.command(description="Takes a while")
async def think(interaction: discord.Interaction, aloud: bool) -> None:  # noqa: FBT001 - an option
    await interaction.response.defer(ephemeral=True, thinking=True)
    if aloud:
        await interaction.followup.send("thought about it")
    else:
        await interaction.edit_original_response(content="thought it over")
        await interaction.followup.send("and more", ephemeral=True)


class Place(app_commands.Transformer):
    """A text channel, taken as it comes with the interaction."""

    type = discord.AppCommandOptionType.channel
    channel_types: ClassVar = [discord.ChannelType.text]

    async def transform(
        self, _: discord.Interaction, value: app_commands.AppCommandChannel, /
    ) -> app_commands.AppCommandChannel:
        return value


@app_commands.command(description="Looks at a place")
async def place(
    interaction: discord.Interaction,
    channel: app_commands.Transform[app_commands.AppCommandChannel, Place],
    who: discord.Member,
) -> None:
    app, person = interaction.app_permissions, interaction.permissions
    await interaction.response.send_message(
        f"{channel.name} {who.name} {app.send_messages} {person.manage_guild} {interaction.context.guild}"
    )


@app_commands.command(description="For administrators")
@app_commands.default_permissions(manage_guild=True)
@app_commands.guild_only()
async def admin(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("at your service")


async def test_a_command_is_registered_used_and_answered(town: Town) -> None:
    async with connected(town.playground, Bot(), TOKEN):
        reply = await town.playground.slash(town.member, town.channel, "greet", {"name": "Ada"})
    assert reply.message["content"] == "hello Ada"
    assert reply.message["embeds"][0]["title"] == "Hi"
    assert not reply.ephemeral
    assert town.channel.messages


async def test_an_ephemeral_answer_is_in_no_channel(town: Town) -> None:
    async with connected(town.playground, Bot(), TOKEN):
        reply = await town.playground.slash(town.member, town.channel, "greet", {"name": "Ada", "times": 2})
    assert reply.ephemeral
    assert not town.channel.messages


async def test_a_button_edits_its_message_and_a_menu_answers_beside_it(town: Town) -> None:
    async with connected(town.playground, Bot(), TOKEN):
        reply = await town.playground.slash(town.member, town.channel, "greet", {"name": "Ada"})
        chosen = await town.playground.select(town.member, reply.message, "tone", ["cold"])
        pressed = await town.playground.click(town.owner, reply.message, "again")
    assert chosen.message["content"] == "cold"
    assert chosen.ephemeral
    assert pressed.message["content"] == "again, olga"
    assert pressed.message["components"] == []
    assert pressed.message["id"] == reply.message["id"]


async def test_choices_come_for_what_is_typed(town: Town) -> None:
    async with connected(town.playground, Bot(), TOKEN):
        choices = await town.playground.autocomplete(
            town.member, town.channel, "greet", focused="name", typed="ad"
        )
    assert choices == [{"name": "AD", "value": "mika ad"}]


@pytest.mark.parametrize(
    ("aloud", "first", "more"), [(True, "thought about it", 0), (False, "thought it over", 1)]
)
async def test_a_deferred_answer_comes_later(town: Town, *, aloud: bool, first: str, more: int) -> None:
    async with connected(town.playground, Bot(), TOKEN):
        reply = await town.playground.slash(town.member, town.channel, "think", {"aloud": aloud})
        await asyncio.sleep(0.05)
    assert reply.message["content"] == first
    assert reply.ephemeral
    assert len(reply.follow_ups) == more


async def test_options_are_resolved_and_permissions_told(town: Town) -> None:
    async with connected(town.playground, Bot(), TOKEN):
        reply = await town.playground.slash(
            town.owner, town.channel, "place", {"channel": town.channel, "who": town.member}
        )
    assert reply.message["content"] == "papers mika True True True"


async def test_only_those_who_may_use_a_command(town: Town) -> None:
    async with connected(town.playground, Bot(), TOKEN):
        assert (await town.playground.slash(town.owner, town.channel, "admin")).message["content"]
        with pytest.raises(PlaygroundError, match="needs Manage Server"):
            await town.playground.slash(town.member, town.channel, "admin")
        direct = town.playground.world.direct_channel(town.owner, town.bot.user)
        with pytest.raises(PlaygroundError, match="kind of place"):
            await town.playground.slash(town.owner, direct, "admin")


async def test_messages_are_sent_edited_read_and_deleted(town: Town) -> None:
    client = discord.Client(intents=discord.Intents.none(), **OPTIONS)
    async with logged_in(town.playground, client, TOKEN):
        channel = client.get_partial_messageable(town.channel.id)
        sent = [await channel.send(f"number {number}") for number in range(3)]
        await sent[1].edit(content="the second")
        await sent[0].delete()
        read = [message.content async for message in channel.history(limit=10)]
        once = [await channel.send("once", nonce="n1"), await channel.send("once", nonce="n1")]
    assert read == ["number 2", "the second"]
    assert once[0].id == once[1].id


class Notice(discord.ui.LayoutView):
    """Text in a box, with a link beside it."""

    box: discord.ui.Container[Any] = discord.ui.Container(
        discord.ui.Section(
            discord.ui.TextDisplay("a paper"), accessory=discord.ui.Button(label="Read", url="https://e.org/")
        ),
        discord.ui.Separator(),
        discord.ui.TextDisplay("its bullets"),
    )


async def test_components_v2_are_sent_and_read_back(town: Town) -> None:
    client = discord.Client(intents=discord.Intents.none(), **OPTIONS)
    async with logged_in(town.playground, client, TOKEN):
        channel = client.get_partial_messageable(town.channel.id)
        sent = await channel.send(view=Notice())
        read = await channel.fetch_message(sent.id)
    (box,) = read.components
    assert isinstance(box, discord.Container)
    assert [type(part).__name__ for part in box.children] == [
        "SectionComponent",
        "SeparatorComponent",
        "TextDisplay",
    ]
    assert read.flags.components_v2


async def test_a_file_is_refused_in_a_sentence(town: Town) -> None:
    client = discord.Client(intents=discord.Intents.none(), **OPTIONS)
    async with logged_in(town.playground, client, TOKEN):
        channel = client.get_partial_messageable(town.channel.id)
        with pytest.raises(discord.HTTPException, match="The playground takes no attachments"):
            await channel.send("look", file=discord.File(io.BytesIO(b"x"), "x.txt"))


async def test_threads_and_direct_messages(town: Town) -> None:
    client = discord.Client(intents=discord.Intents.none(), **OPTIONS)
    async with logged_in(town.playground, client, TOKEN):
        channel = await client.fetch_channel(town.channel.id)
        assert isinstance(channel, discord.TextChannel)
        start = await channel.send("start")
        thread = await start.create_thread(name="discussion")
        await thread.send("in it")
        direct = await client.create_dm(discord.Object(town.member.id))
        await direct.send("psst")
    kept = town.playground.world.channel(thread.id)
    assert [message["content"] for message in kept.messages.values()] == ["in it"]
    assert kept.parent_id == town.channel.id
    letters = town.playground.world.direct_channel(town.bot.user, town.member)
    assert [message["content"] for message in letters.messages.values()] == ["psst"]


async def test_a_wrong_token_is_no_login(town: Town) -> None:
    client = discord.Client(intents=discord.Intents.none(), **OPTIONS)
    with pytest.raises(discord.LoginFailure):
        async with logged_in(town.playground, client, "wrong"):
            pass

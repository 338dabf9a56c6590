"""Forms of the real discord.py: opened, filled in, answered."""

import asyncio
from collections.abc import AsyncIterator

import discord
import pytest
from discord import ui

from playground.people import Reply, answered
from support.discord_client import OPTIONS, connected
from support.discord_town import TOKEN, Town

GUILD_TEXT = discord.ChannelType.text


class Survey(ui.Modal, title="Survey"):
    """A form with every kind of field that discord.py has, files excepted."""

    about: ui.TextDisplay[ui.LayoutView] = ui.TextDisplay("What do you **read**?")
    topic: ui.Label["Survey"] = ui.Label(
        text="Topic", component=ui.TextInput(style=discord.TextStyle.paragraph, min_length=3, max_length=40)
    )
    days: ui.Label["Survey"] = ui.Label(
        text="Days",
        description="When to post",
        component=ui.Select(
            max_values=2, options=[discord.SelectOption(label=day) for day in ("mon", "tue", "sun")]
        ),
    )
    who: ui.Label["Survey"] = ui.Label(text="Who", component=ui.UserSelect(required=False))
    where: ui.Label["Survey"] = ui.Label(text="Where", component=ui.ChannelSelect(channel_types=[GUILD_TEXT]))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Repeats what came."""
        topic, days, who, where = (label.component for label in (self.topic, self.days, self.who, self.where))
        assert isinstance(topic, ui.TextInput)
        assert isinstance(days, ui.Select)
        assert isinstance(who, ui.UserSelect)
        assert isinstance(where, ui.ChannelSelect)
        people = ",".join(user.name for user in who.values)
        text = f"{topic.value} on {'+'.join(days.values)} by {people} in {where.values[0].name}"
        await interaction.response.send_message(text, ephemeral=True)


class Boxes(ui.Modal, title="Boxes"):
    """A form with what is ticked."""

    sort: ui.Label["Boxes"] = ui.Label(
        text="Sort",
        component=ui.RadioGroup(
            required=False,
            options=[discord.RadioGroupOption(label=name, value=name) for name in ("new", "best")],
        ),
    )
    tags: ui.Label["Boxes"] = ui.Label(
        text="Tags",
        component=ui.CheckboxGroup(
            min_values=1,
            max_values=2,
            options=[discord.CheckboxGroupOption(label=name, value=name) for name in ("text", "audio")],
        ),
    )
    daily: ui.Label["Boxes"] = ui.Label(text="Daily", component=ui.Checkbox(default=True))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Repeats what came, later."""
        await interaction.response.defer(thinking=True)
        sort, tags, daily = (label.component for label in (self.sort, self.tags, self.daily))
        assert isinstance(sort, ui.RadioGroup)
        assert isinstance(tags, ui.CheckboxGroup)
        assert isinstance(daily, ui.Checkbox)
        await interaction.followup.send(f"{sort.value} {'+'.join(tags.values)} {daily.value}")


class Rename(ui.Modal, title="Rename"):
    """A form as they were made before there were labels."""

    name: ui.TextInput["Rename"] = ui.TextInput(label="Name", max_length=10)

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Changes the message whose button opened it."""
        await interaction.response.edit_message(content=f"Now {self.name.value}")


class Desk(ui.View):
    """A message with a button that opens a form."""

    @ui.button(label="Rename", custom_id="rename")
    async def rename(self, interaction: discord.Interaction, _: ui.Button["Desk"]) -> None:
        """Opens it."""
        await interaction.response.send_modal(Rename())


class Bot(discord.Client):
    """A bot that opens forms."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.none(), **OPTIONS)
        self.tree = discord.app_commands.CommandTree(self)
        for modal in (Survey, Boxes):
            self.tree.command(name=modal.title.lower(), description="Opens it")(opens(modal))

        @self.tree.command(name="desk", description="Shows a button")
        async def desk(interaction: discord.Interaction) -> None:
            await interaction.response.send_message("Then", view=Desk())

    async def setup_hook(self) -> None:
        """Registers the commands."""
        await self.tree.sync()


def opens(modal: type[ui.Modal]):  # type: ignore[no-untyped-def] # noqa: ANN201 - discord.py reads its annotations
    async def command(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(modal())

    return command


@pytest.fixture
async def town_with_forms(town: Town) -> AsyncIterator[Town]:
    async with connected(town.playground, Bot(), TOKEN):
        yield town


async def fields(form: Reply) -> list[str]:
    """The names of a form's fields, in order."""
    assert form.modal is not None
    return [part["component"]["custom_id"] for part in form.modal["components"] if "component" in part]


async def test_what_is_written_and_chosen_arrives(town_with_forms: Town) -> None:
    town = town_with_forms
    form = await town.playground.slash(town.member, town.channel, "survey")
    topic, days, who, where = await fields(form)
    values = {topic: "flows", days: ["mon", "sun"], who: [str(town.owner.id)], where: str(town.channel.id)}
    reply = await town.playground.submit(town.member, form.interaction, values)
    assert reply.message["content"] == "flows on mon+sun by olga in papers"
    assert reply.ephemeral


async def test_what_is_ticked_arrives(town_with_forms: Town) -> None:
    town = town_with_forms
    for values, told in (
        (["new", ["text", "audio"], "false"], "new text+audio False"),
        ([[], ["audio"], ["true"]], "None audio True"),
    ):
        form = await town.playground.slash(town.member, town.channel, "boxes")
        filled = dict(zip(await fields(form), values, strict=True))
        reply = await town.playground.submit(town.member, form.interaction, filled)
        assert reply.message["content"] == told


async def test_a_form_that_a_button_opened_changes_the_buttons_message(town_with_forms: Town) -> None:
    town = town_with_forms
    desk = await town.playground.slash(town.member, town.channel, "desk")
    form = await town.playground.click(town.owner, desk.message, "rename")
    assert form.modal is not None
    (line,) = form.modal["components"][0]["components"]
    reply = await town.playground.submit(town.owner, form.interaction, {line["custom_id"]: "the desk"})
    assert reply.message is desk.message
    assert desk.message["content"] == "Now the desk"


class Menus(ui.View):
    """Menus of people, roles, both and channels, which say what was chosen."""

    def __init__(self, chosen: asyncio.Queue[set[str]]) -> None:
        super().__init__()
        self.chosen = chosen

    async def take(self, interaction: discord.Interaction, names: set[str]) -> None:
        """Hands on what was chosen."""
        self.chosen.put_nowait(names)
        await interaction.response.defer()

    @ui.select(cls=ui.UserSelect, custom_id="people", max_values=3)
    async def people(self, interaction: discord.Interaction, menu: ui.UserSelect["Menus"]) -> None:
        """Of people."""
        await self.take(interaction, {user.name for user in menu.values})

    @ui.select(cls=ui.RoleSelect, custom_id="roles")
    async def roles(self, interaction: discord.Interaction, menu: ui.RoleSelect["Menus"]) -> None:
        """Of roles."""
        await self.take(interaction, {role.name for role in menu.values})

    @ui.select(cls=ui.MentionableSelect, custom_id="both", max_values=3)
    async def both(self, interaction: discord.Interaction, menu: ui.MentionableSelect["Menus"]) -> None:
        """Of people and roles."""
        await self.take(interaction, {f"{item}" for item in menu.values})

    @ui.select(cls=ui.ChannelSelect, custom_id="channels")
    async def channels(self, interaction: discord.Interaction, menu: ui.ChannelSelect["Menus"]) -> None:
        """Of channels."""
        await self.take(interaction, {channel.name for channel in menu.values})


async def test_whom_a_menu_of_a_message_names_arrives(town: Town) -> None:
    playground = town.playground
    role = playground.world.add_role(town.guild, "readers", 0)
    chosen: asyncio.Queue[set[str]] = asyncio.Queue()
    client = discord.Client(intents=discord.Intents.none(), **OPTIONS)
    async with connected(playground, client, TOKEN):
        sent = await client.get_partial_messageable(town.channel.id).send("Choose", view=Menus(chosen))
        message = town.channel.messages[sent.id]
        for menu, values, names in (
            ("people", [town.owner.id, town.member.id], {"olga", "mika"}),
            ("roles", [role.id], {"readers"}),
            ("both", [role.id, town.owner.id], {"readers", "olga"}),
            ("channels", [town.channel.id], {"papers"}),
        ):
            ids = [f"{value}" for value in values]
            await playground.select(town.member, message, menu, ids, until=answered)
            assert chosen.get_nowait() == names

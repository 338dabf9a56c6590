"""A discord.py bot that shows whatever a message can hold: forms, menus, layouts, slow answers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import discord
from discord import app_commands, ui

from support.discord_client import OPTIONS, connected
from support.discord_town import TOKEN, Town, inhabited

Interaction = discord.Interaction[discord.Client]


class NoteForm(ui.Modal, title="A note"):
    """Two texts, a menu and a hint."""

    heading: ui.TextInput["NoteForm"] = ui.TextInput(label="Heading", max_length=20)
    colour: ui.Label["NoteForm"] = ui.Label(
        text="Colour",
        description="Of the paper",
        component=ui.Select(options=[discord.SelectOption(label=name) for name in ("red", "green")]),
    )

    hint: ui.TextDisplay[Any] = ui.TextDisplay("It is for ||everybody||.")

    async def on_submit(self, interaction: Interaction) -> None:
        """Says what was filled in."""
        assert isinstance(self.colour.component, ui.Select)
        await interaction.response.send_message(f"{self.heading.value} in {self.colour.component.values[0]}")


class Choices(ui.View):
    """A menu of up to two, one of people or nobody, one of forums, and a button that opens a form."""

    @ui.select(
        placeholder="Pick colours",
        max_values=2,
        options=[
            discord.SelectOption(label=name, description=f"as in {name}") for name in ("red", "green", "blue")
        ],
    )
    async def colours(self, interaction: Interaction, menu: "ui.Select[Choices]") -> None:
        """Says which."""
        await interaction.response.edit_message(content="Picked " + " and ".join(menu.values))

    @ui.select(cls=ui.UserSelect, placeholder="Pick somebody", min_values=0)
    async def people(self, interaction: Interaction, menu: "ui.UserSelect[Choices]") -> None:
        """Says whom."""
        names = [user.name for user in menu.values]
        await interaction.response.send_message(f"Hello {names or 'nobody'}", ephemeral=True)

    @ui.select(cls=ui.ChannelSelect, placeholder="Pick a forum", channel_types=[discord.ChannelType.forum])
    async def forums(self, interaction: Interaction, menu: "ui.ChannelSelect[Choices]") -> None:
        """Says which."""
        await interaction.response.send_message(f"Off to {menu.values[0].name}", ephemeral=True)

    @ui.button(label="Write", style=discord.ButtonStyle.success)
    async def write(self, interaction: Interaction, _: "ui.Button[Choices]") -> None:
        """Opens the form."""
        await interaction.response.send_modal(NoteForm())


class Layout(ui.LayoutView):
    """Components V2."""

    box = ui.Container["Layout"](
        ui.Section("## A *heading*", accessory=ui.Button(label="Look", url="https://example.org/look")),
        ui.Separator(),
        ui.TextDisplay("-# small print"),
        ui.MediaGallery(discord.MediaGalleryItem("https://example.org/picture.png", description="A picture")),
        accent_color=0x3498DB,
    )


class PatternBot(discord.Client):
    """Registers `/form`, `/choices`, `/layout`, `/slow`, `/number` and `/silent`."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.none(), **OPTIONS)
        self.tree = app_commands.CommandTree(self)
        self.go_on = asyncio.Event()

    async def setup_hook(self) -> None:
        """Registers the commands."""
        shown: dict[str, Any] = {
            "form": form,
            "choices": choices,
            "layout": layout,
            "slow": self.slow,
            "number": number,
            "silent": silent,
        }
        for name, callback in shown.items():
            command: app_commands.Command[Any, ..., None] = app_commands.Command(
                name=name, description=f"Shows {name}", callback=callback
            )
            self.tree.add_command(command)
        await self.tree.sync()

    async def slow(self, interaction: Interaction) -> None:
        """Thinks until it is told to go on."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self.go_on.wait()
        await interaction.followup.send("Thought about it")


async def form(interaction: Interaction) -> None:
    """Opens a form."""
    await interaction.response.send_modal(NoteForm())


async def choices(interaction: Interaction) -> None:
    """Shows menus."""
    await interaction.response.send_message("Choose", view=Choices())


async def layout(interaction: Interaction) -> None:
    """Shows a layout."""
    await interaction.response.send_message(view=Layout())


@app_commands.rename(where="where-to")
async def number(
    interaction: Interaction,
    count: app_commands.Range[int, 1, 9],
    who: discord.User,
    where: discord.TextChannel | None = None,
) -> None:
    """Takes a number and a person."""
    place = "" if where is None else f" in {where.name}"
    await interaction.response.send_message(f"{count} for {who.name}{place}")


async def silent(_: Interaction) -> None:
    """Never answers."""


@asynccontextmanager
async def patterns() -> AsyncIterator[tuple[Town, PatternBot]]:
    """A town with that bot in it."""
    async with inhabited(real_time=True) as town:
        bot = PatternBot()
        async with connected(town.playground, bot, TOKEN):
            yield town, bot

/** Registers commands everywhere and in one server, changes and removes them. */
import { SlashCommandBuilder } from "discord.js";
import { report, town, withClient } from "./client.js";

const command = (name) => new SlashCommandBuilder().setName(name).setDescription(`About ${name}`);
const names = (commands) => commands.map((each) => each.name).sort();

await withClient(async ({ application }) => {
  const { commands } = application;
  const set = await commands.set([command("papers"), command("feed")]);
  report("everywhere", { names: names(set), listed: names(await commands.fetch()) });
  const here = { guildId: town.guild };
  const made = await commands.create(command("digest"), town.guild);
  const edited = await made.edit({ description: "The week" });
  report("here", {
    guild: edited.guildId,
    kept: edited.id === made.id,
    description: edited.description,
    fetched: (await commands.fetch(made.id, { ...here, force: true })).description,
    listed: names(await commands.fetch(here)),
  });
  await edited.delete();
  report("removed", { listed: names(await commands.fetch(here)) });
});

/** Answers interactions in each way there is, until its input ends. */
import { once } from "node:events";
import { Events, MessageFlags } from "discord.js";
import { report, town, withClient } from "./client.js";
import { commands, modal, panel } from "./commands_offered.js";

const uses = {
  async think(interaction) {
    await interaction.deferReply();
    const thought = await interaction.editReply("thought it over");
    const more = await interaction.followUp({ content: "and more", flags: MessageFlags.Ephemeral });
    const changed = await interaction.webhook.editMessage(more, "and less");
    const read = await interaction.fetchReply();
    return { same: read.id === thought.id, more: more.content, changed: changed.content };
  },
  async whisper(interaction) {
    const flags = MessageFlags.Ephemeral;
    const { interaction: told, resource } = await interaction.reply({ content: "psst", flags, withResponse: true });
    return {
      id: told.responseMessageId === resource.message.id,
      ephemeral: told.responseMessageEphemeral,
      loading: told.responseMessageLoading,
      content: resource.message.content,
    };
  },
  async find(interaction) {
    const { options } = interaction;
    await interaction.reply(`${options.getString("tag")} ${options.getInteger("page")}`);
    return { who: options.getUser("who")?.username, where: options.getChannel("where")?.name };
  },
  async panel(interaction) {
    await interaction.reply(panel);
    return { metadata: (await interaction.fetchReply()).interactionMetadata?.user.username };
  },
  async ask(interaction) {
    await interaction.showModal(modal);
    return {};
  },
};

const presses = {
  async next(interaction) {
    await interaction.update({ content: "page 2", embeds: [], components: interaction.message.components });
    return { on: interaction.message.author.username };
  },
  async later(interaction) {
    await interaction.deferUpdate();
    return { content: (await interaction.editReply("page 3")).content };
  },
  async beside(interaction) {
    await interaction.reply({ content: "beside it", flags: MessageFlags.Ephemeral });
    await interaction.deleteReply();
    return {};
  },
  async tags(interaction) {
    await interaction.reply({ content: interaction.values.join(" and "), flags: MessageFlags.Ephemeral });
    return { values: interaction.values };
  },
  async readers(interaction) {
    const { users, members } = interaction;
    await interaction.reply({ content: users.map((user) => `${user}`).join(" "), flags: MessageFlags.Ephemeral });
    return { users: users.map((user) => user.username), members: members.map((each) => each.joinedAt !== null) };
  },
  async feedback(interaction) {
    const { fields } = interaction;
    await interaction.reply({ content: fields.getTextInputValue("missing"), flags: MessageFlags.Ephemeral });
    return { tag: fields.getStringSelectValues("tag") };
  },
};

async function suggest(interaction) {
  const typed = interaction.options.getFocused(true);
  await interaction.respond([{ name: typed.value.toUpperCase(), value: `${typed.name} ${typed.value}` }]);
  return { page: interaction.options.getInteger("page") };
}

async function answer(interaction) {
  if (interaction.isAutocomplete()) return suggest(interaction);
  return interaction.isCommand() ? uses[interaction.commandName](interaction) : presses[interaction.customId](interaction);
}

await withClient(async (client) => {
  client.on(Events.InteractionCreate, async (interaction) => {
    const facts = await answer(interaction);
    report(interaction.commandName ?? interaction.customId, {
      ...facts,
      by: interaction.user.username,
      guild: interaction.guild?.name,
      channel: interaction.channel?.name,
      locale: interaction.locale,
      mayManage: interaction.memberPermissions?.has("ManageGuild"),
      botMaySend: interaction.appPermissions.has("SendMessages"),
      replied: interaction.replied ?? interaction.responded,
    });
  });
  await client.application.commands.set(commands);
  report("ready");
  process.stdin.resume();
  await once(process.stdin, "end");
});

/** What the bot of the interactions offers: commands, and a panel with buttons and a menu. */
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelType,
  EmbedBuilder,
  InteractionContextType,
  LabelBuilder,
  ModalBuilder,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
  UserSelectMenuBuilder,
} from "discord.js";

const command = (name) => new SlashCommandBuilder().setName(name).setDescription(`Tries to ${name}`);

export const commands = [
  command("think"),
  command("whisper"),
  command("panel").setContexts(InteractionContextType.Guild),
  command("ask"),
  command("find")
    .addStringOption((option) =>
      option.setName("tag").setDescription("A tag").setRequired(true).setAutocomplete(true),
    )
    .addIntegerOption((option) => option.setName("page").setDescription("A page").setMinValue(1))
    .addUserOption((option) => option.setName("who").setDescription("Somebody"))
    .addChannelOption((option) =>
      option.setName("where").setDescription("A place").addChannelTypes(ChannelType.GuildText),
    ),
];

const button = (id) => new ButtonBuilder().setCustomId(id).setLabel(id).setStyle(ButtonStyle.Secondary);

export const panel = {
  embeds: [new EmbedBuilder().setTitle("Papers")],
  components: [
    new ActionRowBuilder().addComponents(button("next"), button("later"), button("beside")),
    new ActionRowBuilder().addComponents(
      new StringSelectMenuBuilder()
        .setCustomId("tags")
        .setMaxValues(2)
        .addOptions(["NLP", "Vision", "Audio"].map((tag) => ({ label: tag, value: tag.toLowerCase() }))),
    ),
    new ActionRowBuilder().addComponents(new UserSelectMenuBuilder().setCustomId("readers").setMaxValues(2)),
  ],
};

export const modal = new ModalBuilder()
  .setCustomId("feedback")
  .setTitle("Feedback")
  .addLabelComponents(
    new LabelBuilder()
      .setLabel("What is missing?")
      .setTextInputComponent(new TextInputBuilder().setCustomId("missing").setStyle(TextInputStyle.Paragraph)),
    new LabelBuilder().setLabel("Which tag?").setStringSelectMenuComponent(
      new StringSelectMenuBuilder()
        .setCustomId("tag")
        .setRequired(false)
        .addOptions({ label: "NLP", value: "nlp" }, { label: "Vision", value: "vision" }),
    ),
  );

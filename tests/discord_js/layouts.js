/** Sends a message of Components V2, and reads it back. */
import {
  ButtonBuilder,
  ButtonStyle,
  ContainerBuilder,
  MessageFlags,
  SectionBuilder,
  SeparatorBuilder,
  SeparatorSpacingSize,
  TextDisplayBuilder,
} from "discord.js";
import { report, town, withClient } from "./client.js";

const text = (content) => new TextDisplayBuilder().setContent(content);
const read = new ButtonBuilder().setURL("https://arxiv.org/abs/1706.03762").setLabel("Read").setStyle(ButtonStyle.Link);
const card = new ContainerBuilder()
  .setAccentColor(0x2f81f7)
  .addSectionComponents(new SectionBuilder().addTextDisplayComponents(text("# Attention")).setButtonAccessory(read))
  .addSeparatorComponents(new SeparatorBuilder().setSpacing(SeparatorSpacingSize.Large))
  .addTextDisplayComponents(text("is all you need"));

await withClient(async (client) => {
  const channel = await client.channels.fetch(town.channel);
  const sent = await channel.send({ components: [card], flags: MessageFlags.IsComponentsV2 });
  const [shown] = (await channel.messages.fetch({ message: sent.id, force: true })).components;
  report("shown", {
    color: shown.hexAccentColor,
    parts: shown.components.map((part) => part.constructor.name),
    texts: [shown.components[0].components[0].content, shown.components[2].content],
    link: shown.components[0].accessory.url,
  });
});

/** Sends, edits, reads, answers and deletes messages. */
import { once } from "node:events";
import { ActionRowBuilder, ButtonBuilder, ButtonStyle, EmbedBuilder, Events } from "discord.js";
import { report, town, withClient } from "./client.js";

const buttons = new ActionRowBuilder().addComponents(
  new ButtonBuilder().setCustomId("more").setLabel("More").setStyle(ButtonStyle.Primary),
  new ButtonBuilder().setURL("https://arxiv.org/abs/1706.03762").setLabel("Read").setStyle(ButtonStyle.Link),
);
const paper = new EmbedBuilder().setTitle("Attention").setColor(0x2f81f7).addFields({ name: "Tag", value: "NLP" });

await withClient(async (client) => {
  const channel = await client.channels.fetch(town.channel);
  const typing = once(client, Events.TypingStart);
  await channel.sendTyping();
  const [begun] = await typing;
  report("typing", { user: begun.user.username, member: begun.member.displayName, channel: begun.channel.name });

  const heard = once(client, Events.MessageCreate);
  const sent = await channel.send({ content: "a paper", embeds: [paper], components: [buttons] });
  const [message] = await heard;
  report("sent", { id: sent.id, heard: message.id, guild: message.guild.name, author: message.author.username });

  const updated = once(client, Events.MessageUpdate);
  const edited = await sent.edit({ content: "the paper" });
  const [before, after] = await updated;
  report("edited", { content: edited.content, embeds: edited.embeds.length, told: [before.content, after.content] });

  const read = await channel.messages.fetch({ message: sent.id, force: true });
  const [more, link] = read.components[0].components;
  report("read", {
    embed: read.embeds[0].toJSON(),
    buttons: [more.customId, link.url],
    color: read.embeds[0].hexColor,
    edited: read.editedAt !== null,
  });

  const reply = await read.reply({ content: "it is old", allowedMentions: { repliedUser: false } });
  const answered = await reply.fetchReference();
  for (const number of [1, 2, 3]) await channel.send(`number ${number}`);
  const contents = (messages) => messages.map((each) => each.content);
  report("history", {
    answered: answered.id,
    newest: contents(await channel.messages.fetch({ limit: 2 })),
    before: contents(await channel.messages.fetch({ before: reply.id })),
    after: contents(await channel.messages.fetch({ after: reply.id, limit: 1 })),
    around: contents(await channel.messages.fetch({ around: reply.id, limit: 3 })),
  });

  const gone = once(client, Events.MessageDelete);
  await reply.delete();
  const [deleted] = await gone;
  const missing = await channel.messages.fetch({ message: reply.id, force: true }).catch((error) => error);
  report("deleted", { id: deleted.id, was: reply.id, code: missing.code, status: missing.status });
});

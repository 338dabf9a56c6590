/** Opens threads, a post in a forum and direct messages, and writes in them. */
import { once } from "node:events";
import { ChannelType, Events } from "discord.js";
import { report, town, withClient } from "./client.js";

await withClient(async (client) => {
  const channel = await client.channels.fetch(town.channel);
  const start = await channel.send("start");
  const told = once(client, Events.ThreadCreate);
  const thread = await start.startThread({ name: "discussion", autoArchiveDuration: 1440 });
  const [created] = await told;
  const said = await thread.send("in it");
  report("thread", {
    id: thread.id,
    parent: thread.parent.name,
    owner: thread.ownerId,
    joined: thread.joined,
    archived: thread.archived,
    told: created.id,
    starter: (await thread.fetchStarterMessage()).content,
    said: said.channel.id,
  });
  await thread.setName("discussed");
  await thread.setArchived(true);
  report("archived", { name: thread.name, archived: thread.archived, at: thread.archivedAt !== null });

  const loose = await channel.threads.create({ name: "loose", type: ChannelType.PublicThread });
  report("loose", { parent: loose.parentId, active: (await channel.threads.fetchActive()).threads.map((each) => each.name) });

  const forum = await client.channels.fetch(town.forum);
  const tag = forum.availableTags.find((each) => each.name === "NLP");
  const post = await forum.threads.create({ name: "Attention", message: { content: "read it" }, appliedTags: [tag.id] });
  report("post", {
    id: post.id,
    parent: post.parent.name,
    tags: post.appliedTags,
    tag: tag.id,
    first: (await post.fetchStarterMessage()).content,
    messages: post.messageCount,
  });

  const member = await client.users.fetch(town.member);
  const letter = await member.send("psst");
  report("direct", { dm: letter.channel.isDMBased(), to: letter.channel.recipientId, content: letter.content });
  const closed = await member.deleteDM();
  report("closed", { same: closed.id === letter.channelId, known: client.channels.cache.has(closed.id) });
});

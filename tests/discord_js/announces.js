/** Writes in an announcement channel, and publishes what it wrote. */
import { once } from "node:events";
import { Events, MessageFlags } from "discord.js";
import { report, town, withClient } from "./client.js";

await withClient(async (client) => {
  const news = await client.channels.fetch(town.news);
  const sent = await news.send("today");
  const crosspostable = sent.crosspostable;
  const told = once(client, Events.MessageUpdate);
  await sent.crosspost();
  const [, published] = await told;
  report("published", {
    crosspostable,
    id: published.id === sent.id,
    crossposted: published.flags.has(MessageFlags.Crossposted),
    again: published.crosspostable,
  });
});

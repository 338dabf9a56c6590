/** Loses its connection, resumes, and hears what was said meanwhile. */
import { once } from "node:events";
import { Events } from "discord.js";
import { report, withClient } from "./client.js";

await withClient(async (client) => {
  const heard = [];
  const end = new Promise((resolve) => {
    client.on(Events.MessageCreate, ({ content }) => {
      heard.push(content);
      if (content === "before") report("heard");
      if (content === "after") resolve();
    });
  });
  const resumed = once(client, Events.ShardResume);
  report("ready", { guild: client.guilds.cache.first().name });
  await resumed;
  report("resumed");
  await end;
  report("ended", { heard });
});

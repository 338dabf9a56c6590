/** Sends more messages than the rate allows, and one that is refused at first. */
import { report, town, withClient } from "./client.js";

await withClient(async (client) => {
  let limited = [];
  client.rest.on("rateLimited", (facts) => limited.push(facts));
  const channel = await client.channels.fetch(town.channel);
  const numbers = Array.from({ length: 7 }, (_, number) => `number ${number}`);
  await Promise.all(numbers.map((text) => channel.send(text)));
  report("sent", { waited: limited.map(({ limit, scope }) => ({ limit, scope })) });
  limited = [];
  const last = await channel.send("refused at first");
  report("refused", { content: last.content, limits: limited.map(({ global, scope }) => ({ global, scope })) });
});

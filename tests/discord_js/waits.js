/** Sends more messages than the rate allows, and one that is refused at first. */
import { report, town, withClient } from "./client.js";

await withClient(async (client) => {
  const waits = [];
  const answers = [];
  client.rest.on("rateLimited", ({ limit, global }) => waits.push({ limit, global }));
  client.rest.on("response", (_, { status, headers }) =>
    answers.push([status, headers.get("X-RateLimit-Scope")]),
  );
  const channel = await client.channels.fetch(town.channel);
  const numbers = Array.from({ length: 7 }, (_, number) => `number ${number}`);
  await Promise.all(numbers.map((text) => channel.send(text)));
  report("sent", { waits: waits.splice(0), answers: answers.splice(0) });
  const last = await channel.send("refused at first");
  report("refused", { content: last.content, answers, everything: waits.some(({ global }) => global) });
});

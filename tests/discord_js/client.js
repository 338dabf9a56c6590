/** A discord.js client at the playground that the environment names, and what it reports. */
import { once } from "node:events";
import { Client, Events, GatewayIntentBits, Partials } from "discord.js";

/** Where the playground is, the bot's token, and the ids of what is there. */
export const town = JSON.parse(process.env.PLAYGROUND);

/** Tells the test what happened: one line of JSON. */
export function report(step, facts = {}) {
  process.stdout.write(`${JSON.stringify({ step, ...facts })}\n`);
}

/** Runs with a client that is ready, and ends its session afterwards. */
export async function withClient(run) {
  const client = new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMembers,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.GuildMessageTyping,
      GatewayIntentBits.DirectMessages,
      GatewayIntentBits.MessageContent,
    ],
    partials: [Partials.Channel],
    rest: { api: town.api },
  });
  try {
    const ready = once(client, Events.ClientReady);
    await client.login(town.token);
    await ready;
    await run(client);
  } finally {
    await client.destroy();
  }
}

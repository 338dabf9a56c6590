/** The newest gateway client of discord.js, whose zlib is node's own: one stream, broken and resumed. */
import { once } from "node:events";
import { REST } from "@discordjs/rest";
import { CompressionMethod, WebSocketManager, WebSocketShardEvents } from "@discordjs/ws";
import { GatewayIntentBits } from "discord.js";
import { report, town } from "./client.js";

const manager = new WebSocketManager({
  token: town.token,
  intents: GatewayIntentBits.Guilds | GatewayIntentBits.GuildMessages | GatewayIntentBits.MessageContent,
  compression: CompressionMethod.ZlibNative,
  rest: new REST({ api: town.api }).setToken(town.token),
});

const heard = [];
const end = new Promise((resolve) => {
  manager.on(WebSocketShardEvents.Dispatch, ({ t, d }) => {
    if (t === "GUILD_CREATE") report("ready", { guild: d.name });
    if (t !== "MESSAGE_CREATE") return;
    heard.push(d.content);
    if (d.content === "before") report("heard");
    if (d.content === "after") resolve();
  });
});
const resumed = once(manager, WebSocketShardEvents.Resumed);
await manager.connect();
await resumed;
report("resumed");
await end;
report("ended", { heard });
await manager.destroy();

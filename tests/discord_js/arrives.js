/** Logs in, and looks at what is there: as the gateway told it, and as the API answers. */
import { report, town, withClient } from "./client.js";

await withClient(async (client) => {
  const guild = client.guilds.cache.get(town.guild);
  const channel = guild.channels.cache.get(town.channel);
  report("told", {
    bot: client.user.username,
    application: client.application.id,
    guild: guild.name,
    owner: guild.ownerId,
    members: guild.memberCount,
    channels: guild.channels.cache.map((each) => each.name),
    roles: guild.roles.cache.map((each) => each.name),
    tags: guild.channels.cache.get(town.forum).availableTags.map((tag) => tag.name),
    joined: guild.members.me.joinedAt.toISOString(),
    maySend: channel.permissionsFor(guild.members.me).has("SendMessages"),
    mayManage: channel.permissionsFor(guild.members.me).has("ManageGuild"),
  });
  const application = await client.application.fetch();
  const fetched = await client.guilds.fetch({ guild: town.guild, force: true });
  report("asked", {
    application: application.name,
    guild: fetched.name,
    approximate: fetched.approximateMemberCount,
    guilds: (await client.guilds.fetch()).map((each) => each.name),
    user: (await client.users.fetch(town.member, { force: true })).username,
    member: (await guild.members.fetch({ user: town.member, force: true })).displayName,
    channels: (await guild.channels.fetch()).map((each) => each.name),
    channel: (await client.channels.fetch(town.channel, { force: true })).name,
    roles: (await guild.roles.fetch()).map((each) => each.name),
    everybody: (await guild.members.fetch()).map((each) => each.user.username),
    listed: (await guild.members.list({ limit: 2 })).map((each) => each.user.username),
    found: (await guild.members.search({ query: "MI" })).map((each) => each.user.username),
  });
});

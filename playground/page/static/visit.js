// Where one is: people, servers, the channel that is open; and what becomes of them when things change.

import { get } from "./api.js";
import { prepare } from "./composer.js";
import { byId, make } from "./dom.js";
import { openChannel } from "./log.js";
import { firstChannel, listed, mark, showPlaces, showServers } from "./places.js";
import { actAs, addressed, goTo, session } from "./session.js";

const SIGNS = { text: "#", announcement: "📣", forum: "🗂", thread: "🧵", dm: "@" };

/** Learns who acts, and which servers they have. Whoever is not there any more becomes somebody who is. */
export async function learn() {
  const { me, people, servers } = await get("me").catch((refusal) => {
    if (session.me === null) throw refusal;
    actAs(null);
    return get("me");
  });
  actAs(me.id);
  const entries = people.map((person) => make("option", { value: person.id, selected: person.id === me.id }, `${person.name} (${person.note})`));
  byId("person").replaceChildren(...entries);
  showServers(servers);
}

/** Opens a channel. */
export async function visit(id) {
  const channel = await openChannel(id);
  if (channel === null) return;
  const again = id === session.channel;
  session.channel = id;
  if (channel.server !== session.server || !listed(id)) await showPlaces(channel.server);
  byId("channel-name").textContent = `${SIGNS[channel.kind]} ${channel.name}`;
  document.title = `${channel.name} · Playground`;
  mark();
  showSidebar(false);
  await prepare(channel, again);
}

/** Draws everything anew: the channel in the address bar, or the first there is. */
export async function refresh() {
  await learn();
  const wanted = addressed();
  if (wanted === null) return leaveFor(await firstChannel());
  await visit(wanted).catch(async () => leaveFor(await firstChannel()));
}

/** Learns anew where one can go, and leaves a channel that is no longer there. */
export async function refreshPlaces() {
  await learn();
  await showPlaces(session.server).catch(firstChannel);
  if (session.channel && !listed(session.channel)) await visit(session.channel).catch(async () => leaveFor(await firstChannel()));
}

function leaveFor(channel) {
  if (channel !== null) return goTo(channel);
  session.channel = null;
  byId("channel-name").textContent = "There is nothing here to see";
  byId("messages").replaceChildren();
  byId("composer").hidden = true;
}

/** Shows or hides the servers and channels, where there is no room for them beside the messages. */
export function showSidebar(shown) {
  document.body.classList.toggle("sidebar-open", shown);
  byId("open-sidebar").setAttribute("aria-expanded", String(shown));
}

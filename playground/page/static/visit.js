// Where one is: people, servers, the channel that is open; and what becomes of them when things change.

import { get } from "./api.js";
import { prepare } from "./composer.js";
import { byId, make } from "./dom.js";
import { closeChannel, lookAgain, openChannel } from "./log.js";
import { firstChannel, forgetNews, listed, mark, showPlaces, showPlacesAgain, showServers } from "./places.js";
import { actAs, addressed, goTo, session } from "./session.js";

const MISSING = 404;
const SIGNS = { text: "#", announcement: "📣", forum: "🗂", thread: "🧵", dm: "@" };

/** Learns who acts, and which servers they have. Whoever is not there any more becomes somebody who is. */
export async function learn() {
  const { me, people, servers } = await get("me").catch((refusal) => {
    if (session.me === null || refusal.status !== MISSING) throw refusal;
    become(null);
    return get("me");
  });
  actAs(me.id);
  const entries = people.map((person) => make("option", { value: person.id }, `${person.name} (${person.note})`));
  const before = byId("person").options;
  const same = entries.length === before.length && entries.every((entry, number) => entry.isEqualNode(before[number]));
  if (!same) byId("person").replaceChildren(...entries);
  byId("person").value = me.id;
  showServers(servers);
}

/** Acts as somebody else from now on; as null, as whom the playground says. */
export function become(person) {
  actAs(person);
  session.channel = null;
  forgetNews();
}

/** Opens a channel, with the channels around it where they are not shown or may be others now. */
export async function visit(id, anew = false) {
  const channel = await openChannel(id);
  if (channel === null) return;
  const again = id === session.channel;
  session.channel = id;
  showSidebar(false, byId("channel-name"));
  if (anew || channel.server !== session.server || !listed(id)) await showPlaces(channel.server);
  await describe(channel, again);
}

async function describe(channel, again) {
  byId("channel-name").textContent = `${SIGNS[channel.kind]} ${channel.name}`;
  document.title = `${channel.name} · Playground`;
  mark();
  await prepare(channel, again);
}

/** Draws everything anew: the channel in the address bar, or the first there is. */
export async function refresh() {
  await learn();
  const wanted = addressed();
  if (wanted === null) return leave();
  await visit(wanted, true).catch(whereMissing(leave));
}

/** Learns anew where one can go and what the open channel is, and leaves one that is no longer there. */
export async function refreshPlaces() {
  await learn();
  await showPlacesAgain().catch(whereMissing(firstChannel));
  if (session.channel === null) return leave();
  const channel = await lookAgain().catch(whereMissing(leave));
  if (channel) await describe(channel, true);
}

const whereMissing = (act) => (refusal) => {
  if (refusal.status !== MISSING) throw refusal;
  return act();
};

async function leave() {
  const channel = await firstChannel();
  if (channel !== null) return channel === addressed() ? visit(channel) : goTo(channel);
  session.channel = null;
  closeChannel();
  byId("channel-name").textContent = "There is nothing here to see";
  byId("composer").hidden = true;
}

/** Shows or hides the servers and channels, where there is no room for them beside the messages; `next` gets their focus. */
export function showSidebar(shown, next = byId("open-sidebar")) {
  const inside = document.activeElement.closest(".rail, .sidebar");
  document.body.classList.toggle("sidebar-open", shown);
  byId("open-sidebar").setAttribute("aria-expanded", String(shown));
  if (shown) byId("places").querySelector("[aria-current], .place")?.focus();
  else if (inside && !inside.checkVisibility()) next.focus();
}

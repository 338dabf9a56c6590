// Servers, channels and direct messages: where one can go.

import { get, post } from "./api.js";
import { byId, elements, make, replace } from "./dom.js";
import { attempt } from "./notices.js";
import { goTo, session } from "./session.js";

const DIRECT = "@me";
const MANY = 30;
const LETTER = /[\p{L}\p{N}]/u;

const unread = new Set();
let servers = [];
let wanted = "";
let latest = DIRECT;

/** Shows the servers of whoever acts. */
export function showServers(all) {
  servers = [{ id: DIRECT, name: "Direct messages" }, ...all];
  drawServers();
}

function drawServers() {
  const found = servers.filter((server) => server.name.toLowerCase().includes(wanted));
  const items = found.slice(0, MANY).map((server) => make("li", {}, serverButton(server)));
  const rail = byId("servers");
  if (servers.length > MANY && !byId("find-server")) rail.before(search());
  replace(rail, ...items);
}

function search() {
  return make("input", { id: "find-server", type: "search", placeholder: "Find", "aria-label": "Find a server", input: (event) => {
    wanted = event.target.value.trim().toLowerCase();
    drawServers();
  } });
}

const initialsOf = (name) => name.split(/\s+/).flatMap((word) => word.match(LETTER) ?? []).slice(0, 3).join("") || "?";

function serverButton(server) {
  const initials = server.id === DIRECT ? "@" : initialsOf(server.name);
  const present = server.id === (session.server ?? DIRECT);
  return make("button", {
    type: "button", dir: "auto", title: server.name, "aria-label": server.name, "data-server": server.id, "aria-current": present ? "true" : false,
    click: () => attempt(() => enter(server.id)),
  }, initials);
}

/** Opens a server, or the direct messages, at its first channel. */
async function enter(server) {
  const first = (await showPlaces(server)) && firstPlace();
  if (first) goTo(first);
}

function firstPlace() {
  const places = byId("places");
  return (places.querySelector("[data-channel]:not([data-kind=forum])") ?? places.querySelector("[data-channel]"))?.dataset.channel ?? null;
}

/** Whether a channel is among those that are listed. */
export const listed = (channel) => byId("places").querySelector(`[data-channel="${channel}"]`) !== null;

/** Shows the channels of a server (null: the direct messages), and returns whether it did: not if another was asked for. */
export async function showPlaces(server) {
  const asked = server ?? DIRECT;
  latest = asked;
  const { html } = await get("places", { server: asked });
  if (latest !== asked) return false;
  session.server = asked === DIRECT ? null : asked;
  replace(byId("places"), elements(html));
  byId("server-name").textContent = servers.find((each) => each.id === asked)?.name ?? "Direct messages";
  drawServers();
  mark();
  return true;
}

/** Shows the channels anew, of the server that was asked for last. */
export const showPlacesAgain = () => showPlaces(latest);

/** Forgets what somebody else did not read. */
export function forgetNews() {
  unread.clear();
}

/** Opens the direct messages with somebody who was never written to. */
async function openDirect(user) {
  const { channel } = await post("direct", { user });
  await showPlaces(DIRECT);
  goTo(channel);
}

byId("places").addEventListener("click", (event) => {
  const { direct } = event.target.closest("[data-direct]")?.dataset ?? {};
  if (direct) attempt(() => openDirect(direct));
});

/** Marks the channel that is open, and those where something is new. */
export function mark() {
  unread.delete(session.channel);
  for (const place of byId("places").querySelectorAll("[data-channel]")) {
    const { channel } = place.dataset;
    if (channel === session.channel) place.setAttribute("aria-current", "page");
    else place.removeAttribute("aria-current");
    place.classList.toggle("unread", unread.has(channel));
  }
}

/** Notes that a channel has something new. */
export function noteNews(channel) {
  if (channel === session.channel) return;
  unread.add(channel);
  mark();
}

/** The first channel there is, of the server that is open if it is still there; null where there is none. */
export async function firstChannel() {
  const still = servers.some((server) => server.id === session.server);
  await showPlaces(still ? session.server : servers[1]?.id ?? DIRECT);
  return firstPlace();
}

// The page: who acts, where they are, and what reaches them.

import "./theme.js";
import { get } from "./api.js";
import { prepare } from "./composer.js";
import { byId, make } from "./dom.js";
import { listen } from "./live.js";
import { openChannel, place, showOlder, takeAway } from "./log.js";
import { listenToMenus } from "./menus.js";
import { announce, attempt } from "./notices.js";
import { drawOperator, noteChange, noteRequest } from "./operator.js";
import { firstChannel, mark, noteNews, showPlaces, showServers } from "./places.js";
import { listenToPresses } from "./press.js";
import { actAs, addressed, goTo, session } from "./session.js";

const sidebar = byId("sidebar");
const SIGNS = { text: "#", announcement: "📣", forum: "🗂", thread: "🧵", dm: "@" };

async function learn() {
  const { me, people, servers } = await get("me");
  actAs(me.id);
  const entries = people.map((person) => make("option", { value: person.id, selected: person.id === me.id }, `${person.name} (${person.note})`));
  byId("person").replaceChildren(...entries);
  showServers(servers);
}

async function visit(id) {
  const channel = await openChannel(id);
  session.channel = id;
  if (channel.server !== session.server || !byId("places").children.length) await showPlaces(channel.server);
  byId("channel-name").textContent = `${SIGNS[channel.kind] ?? "#"} ${channel.name}`;
  document.title = `${channel.name} · Playground`;
  mark();
  showSidebar(false);
  await prepare(channel);
}

async function refresh() {
  await learn();
  const channel = session.channel ?? (await firstChannel());
  if (channel === null) return;
  if (addressed() !== channel) return goTo(channel);
  await visit(channel);
}

async function refreshPlaces() {
  await learn();
  await showPlaces(session.server);
}

const HEARD = {
  message: (frame) => {
    place(frame);
    if (frame.fresh) noteNews(frame.channel);
    if (frame.channel === session.channel && frame.text) announce(`${frame.author}: ${frame.text}`);
  },
  gone: takeAway,
  places: () => attempt(refreshPlaces),
  request: noteRequest,
  operator: noteChange,
};

function begin() {
  listen((frame) => HEARD[frame.kind](frame), () => attempt(async () => {
    await refresh();
    if (!byId("operator").hidden) await drawOperator();
  }));
}

async function become(person) {
  actAs(person);
  session.channel = null;
  await learn();
  const still = addressed() && (await get(`channels/${addressed()}`).then(() => addressed(), () => null));
  if (!still) window.history.replaceState(null, "", window.location.pathname);
  begin();
}

function showSidebar(shown) {
  document.body.classList.toggle("sidebar-open", shown);
  byId("open-sidebar").setAttribute("aria-expanded", String(shown));
}

byId("person").addEventListener("change", (event) => attempt(() => become(event.target.value)));
byId("older").addEventListener("click", () => attempt(showOlder));
byId("open-sidebar").addEventListener("click", () => showSidebar(!document.body.classList.contains("sidebar-open")));
byId("log").addEventListener("click", () => showSidebar(false));
sidebar.addEventListener("keydown", (event) => event.key === "Escape" && showSidebar(false));
window.addEventListener("hashchange", () => attempt(() => visit(addressed())));
for (const root of [byId("messages"), byId("modal-fields")]) listenToMenus(root);
listenToPresses(byId("messages"));
attempt(async () => {
  await learn();
  begin();
});

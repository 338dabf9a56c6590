// The page: what reaches it, and what is pressed outside messages.

import "./theme.js";
import { byId } from "./dom.js";
import { listen } from "./live.js";
import { place, showOlder, takeAway } from "./log.js";
import { listenToMenus } from "./menus.js";
import { announce, attempt } from "./notices.js";
import { drawOperator, noteChange, noteRequest } from "./operator.js";
import { noteNews } from "./places.js";
import { listenToPresses } from "./press.js";
import { addressed, session } from "./session.js";
import { listenToSpoilers } from "./spoilers.js";
import { become, learn, refresh, refreshPlaces, showSidebar, visit } from "./visit.js";

const SOON = 100;

let changing = null;

// Places change in bursts, and are drawn once for each.
function notePlaces() {
  clearTimeout(changing);
  changing = setTimeout(() => attempt(refreshPlaces), SOON);
}

const HEARD = {
  message: (frame) => {
    place(frame);
    if (frame.fresh) noteNews(frame.channel);
    if (frame.channel === session.channel && frame.text) announce(`${frame.author}: ${frame.text}`);
  },
  gone: takeAway,
  places: notePlaces,
  request: noteRequest,
  operator: noteChange,
};

function begin() {
  listen((frame) => HEARD[frame.kind](frame), () => attempt(async () => {
    await refresh();
    if (!byId("operator").hidden) await drawOperator();
  }), learn);
}

async function start() {
  await learn();
  begin();
}

byId("person").addEventListener("change", (event) => {
  become(event.target.value);
  attempt(start);
});
byId("older").addEventListener("click", () => attempt(showOlder));
byId("open-sidebar").addEventListener("click", () => showSidebar(!document.body.classList.contains("sidebar-open")));
byId("log").addEventListener("click", () => showSidebar(false));
byId("app").addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.closest(".rail, .sidebar")) showSidebar(false);
});
window.addEventListener("hashchange", () => addressed() && attempt(() => visit(addressed())));
for (const root of [byId("messages"), byId("modal-fields")]) {
  listenToMenus(root);
  listenToSpoilers(root);
}
listenToPresses(byId("messages"));
attempt(start);

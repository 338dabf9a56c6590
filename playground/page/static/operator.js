// The operator's corner: requests, rate limits, sessions, and what is told to fail.

import { get, post } from "./api.js";
import { byId, elements } from "./dom.js";
import { attempt } from "./notices.js";
import { session } from "./session.js";
import { localise } from "./times.js";

const KEPT = 200;
const SOON = 300;

const panel = byId("operator");
const operating = byId("operating");
const requests = byId("requests");

let waiting = null;

/** Shows a request that a bot just made. */
export function noteRequest(frame) {
  const row = elements(frame.html);
  localise(row);
  requests.prepend(row);
  while (requests.children.length > KEPT) requests.lastElementChild.remove();
  noteChange();
}

/** Draws the state anew, soon, and not while somebody fills in one of its fields. */
export function noteChange() {
  if (panel.hidden || waiting) return;
  waiting = setTimeout(() => {
    waiting = null;
    if (operating.contains(document.activeElement) && document.activeElement.matches("input, select")) return;
    attempt(draw);
  }, SOON);
}

/** Draws everything anew. */
export async function drawOperator() {
  const { html } = await get("requests");
  const rows = elements(html);
  localise(rows);
  requests.replaceChildren(rows);
  await draw();
}

async function draw() {
  const { html } = await get("operator");
  const before = new Set([...operating.querySelectorAll("details[open]")].map((each) => each.id));
  const focused = document.activeElement?.id;
  operating.replaceChildren(elements(html));
  localise(operating);
  for (const details of operating.querySelectorAll("details")) if (before.has(details.id)) details.open = true;
  if (focused) operating.querySelector(`#${CSS.escape(focused)}`)?.focus();
}

async function act(path, body) {
  if ((await attempt(() => post(path, body))) !== undefined) await attempt(draw);
}

export function show(shown) {
  panel.hidden = !shown;
  byId("open-operator").setAttribute("aria-expanded", String(shown));
  if (shown) attempt(drawOperator);
  byId(shown ? "close-operator" : "open-operator").focus();
}

byId("open-operator").addEventListener("click", () => show(panel.hidden));
byId("close-operator").addEventListener("click", () => show(false));
operating.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const { times, ...rest } = Object.fromEntries(new FormData(form));
  const body = { name: form.dataset.trouble, channel: session.channel, ...rest };
  act("troubles/start", times ? { ...body, times: Number(times) } : body);
});
operating.addEventListener("click", (event) => {
  const stop = event.target.closest("[data-stop]");
  if (stop) act("troubles/stop", { name: stop.dataset.stop });
});
operating.addEventListener("change", (event) => {
  if (event.target.matches("[data-rate-limits]")) act("rate-limits", { enabled: event.target.checked });
});

// The operator's corner: requests, rate limits, sessions, and what is told to fail.

import { get, post } from "./api.js";
import { byId, elements, replace } from "./dom.js";
import { attempt } from "./notices.js";
import { session } from "./session.js";
import { localise } from "./times.js";

const KEPT = 200;
const SOON = 300;

const panel = byId("operator");
const operating = byId("operating");
const requests = byId("requests");

let waiting = null;
let drawing = 0;

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
    if (!isFilledIn(document.activeElement)) attempt(draw);
  }, SOON);
}

const isFilledIn = (element) => operating.contains(element) && element.matches("select, [type=number]");

/** Draws everything anew. */
export async function drawOperator() {
  const { html } = await get("requests");
  const rows = elements(html);
  localise(rows);
  requests.replaceChildren(rows);
  await draw();
}

async function draw() {
  const turn = ++drawing;
  const { html } = await get("operator");
  if (turn !== drawing) return;
  const made = elements(html);
  for (const field of operating.querySelectorAll("select, [type=number]")) made.getElementById(field.id).value = field.value;
  for (const details of operating.querySelectorAll("details")) made.getElementById(details.id).open = details.open;
  const stopped = document.activeElement?.closest("[data-stop]");
  replace(operating, made);
  if (stopped && document.activeElement === document.body) byId(stopped.id.replace(/stop$/, "start")).focus();
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
operating.addEventListener("focusout", noteChange);
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

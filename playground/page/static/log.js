// The messages of the channel that is open.

import { get } from "./api.js";
import { byId, elements } from "./dom.js";
import { localise } from "./times.js";

const TOGETHER = 7 * 60 * 1000;
const NEAR = 120;

const log = byId("log");
const list = byId("messages");
const older = byId("older");

let open = null;
let latest = { id: null, meanwhile: null };
let fetching = false;

/** Opens a channel, and returns what the playground tells of it; null where another was asked for meanwhile. */
export async function openChannel(id) {
  const turn = { id, meanwhile: [] };
  latest = turn;
  try {
    const channel = await get(`channels/${id}`);
    if (latest !== turn) return null;
    open = id;
    list.replaceChildren(fragment(channel.html));
    older.hidden = !channel.more;
    const { meanwhile } = turn;
    turn.meanwhile = null;
    for (const happen of meanwhile) happen();
    regroup();
    scrollToEnd();
    return channel;
  } finally {
    turn.meanwhile = null;
  }
}

/** Closes the channel that is open. */
export function closeChannel() {
  open = null;
  list.replaceChildren();
  older.hidden = true;
}

/** Returns what the open channel is now; a forum's posts are drawn anew. Null where it was left meanwhile. */
export async function lookAgain() {
  const id = open;
  const channel = await get(`channels/${id}`);
  if (open !== id || latest.id !== id) return null;
  if (channel.kind === "forum") list.replaceChildren(fragment(channel.html));
  return channel;
}

// What happens in a channel while it is being opened, happens again once it is.
function later(frame, happen) {
  if (latest.id === frame.channel) latest.meanwhile?.push(() => happen(frame));
}

/** Puts a message that is new, or is another one now, into its place. */
export function place(frame) {
  later(frame, place);
  if (frame.channel !== open) return;
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
  const made = fragment(frame.html);
  const present = byId(`m-${frame.id}`);
  if (present) {
    const focused = focusIn(present);
    present.replaceWith(made);
    refocus(byId(`m-${frame.id}`), focused);
  } else if (frame.fresh) {
    list.append(made);
  }
  regroup();
  if (atEnd) scrollToEnd();
}

/** Takes a message away that is gone. */
export function takeAway(frame) {
  later(frame, takeAway);
  const gone = frame.channel === open ? byId(`m-${frame.id}`) : null;
  if (!gone) return;
  if (gone.contains(document.activeElement)) log.focus();
  gone.remove();
  regroup();
}

/** Shows an earlier stretch of the channel. */
export async function showOlder() {
  const first = list.querySelector(".message:not(.private)");
  if (!first || fetching) return;
  fetching = true;
  const channel = await get(`channels/${open}`, { before: first.dataset.message }).finally(() => (fetching = false));
  if (!first.isConnected) return;
  const before = log.scrollHeight;
  list.prepend(fragment(channel.html));
  older.hidden = !channel.more;
  regroup();
  log.scrollTop += log.scrollHeight - before;
}

function fragment(html) {
  const made = elements(html);
  localise(made);
  return made;
}

function scrollToEnd() {
  log.scrollTop = log.scrollHeight;
}

function regroup() {
  let before = null;
  for (const message of list.querySelectorAll(":scope > .message")) {
    message.classList.toggle("follows", before !== null && belong(before, message));
    before = message;
  }
}

function belong(before, message) {
  const soon = new Date(message.dataset.at) - new Date(before.dataset.at) < TOGETHER;
  return soon && before.dataset.author === message.dataset.author && !message.querySelector(":scope > .context");
}

// What has the focus inside a message keeps it when the message is drawn anew: the same label, or else the same place.
const usable = (message) => [...message.querySelectorAll("button, a")];

function focusIn(message) {
  const all = usable(message);
  const focused = document.activeElement.closest(".select")?.querySelector(".select-button") ?? document.activeElement;
  const number = all.indexOf(focused);
  return number < 0 ? null : { number, label: all[number].textContent };
}

function refocus(message, kept) {
  if (kept === null || !message) return;
  const all = usable(message);
  const same = all.find((each) => each.textContent === kept.label) ?? all[kept.number];
  const next = same && !same.disabled ? same : all.find((each) => !each.disabled);
  next?.focus();
}

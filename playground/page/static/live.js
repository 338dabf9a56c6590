// What happens, as it happens: a WebSocket that comes back.

import { byId } from "./dom.js";
import { session } from "./session.js";

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8000;

let socket = null;
let pause = FIRST_PAUSE;

/** Listens for the person who acts: `hear` gets each frame, `begin` is called whenever a connection begins, `learn` before
 * one is tried again, since another playground may have come with other people. */
export function listen(hear, begin, learn) {
  socket?.close();
  const address = new URL("/page/live", window.location.origin);
  address.protocol = "ws:";
  address.searchParams.set("as", session.me);
  const opened = new WebSocket(address);
  socket = opened;
  opened.onopen = () => {
    pause = FIRST_PAUSE;
    byId("connection").textContent = "";
    begin();
  };
  opened.onmessage = (event) => socket === opened && hear(JSON.parse(event.data));
  opened.onclose = () => {
    if (socket !== opened) return;
    byId("connection").textContent = "Connecting again…";
    setTimeout(() => again(opened, hear, begin, learn), pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  };
}

async function again(closed, hear, begin, learn) {
  await learn().catch(() => null); // Not there yet: the page says so, and the next connection fails and is tried again.
  if (socket === closed) listen(hear, begin, learn);
}

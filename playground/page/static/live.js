// What happens, as it happens: a WebSocket that comes back.

import { byId } from "./dom.js";
import { session } from "./session.js";

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8000;

let socket = null;
let pause = FIRST_PAUSE;

/** Listens for the person who acts; `hear` gets each frame, `begin` is called whenever a connection begins. */
export function listen(hear, begin) {
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
  opened.onmessage = (event) => hear(JSON.parse(event.data));
  opened.onclose = () => {
    if (socket !== opened) return;
    byId("connection").textContent = "Connecting again…";
    setTimeout(() => socket === opened && listen(hear, begin), pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  };
}

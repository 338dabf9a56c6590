// What is pressed in messages: buttons, menus, what only you see.

import { post } from "./api.js";
import { showModal } from "./modal.js";
import { attempt } from "./notices.js";
import { session } from "./session.js";
import { takeAway } from "./log.js";

/** Tells a bot what was used on its message, and opens the form it answers with, if it does. */
async function use(path, body, element) {
  element.setAttribute("aria-busy", "true");
  try {
    const answer = await attempt(() => post(path, { channel: session.channel, ...body }));
    if (answer?.modal) showModal(answer.modal);
  } finally {
    element.removeAttribute("aria-busy");
  }
}

async function dismiss(button) {
  const message = button.dataset.dismiss;
  const done = await attempt(() => post("dismiss", { message }));
  if (done !== undefined) takeAway({ channel: session.channel, id: message });
}

/** Listens to everything that can be pressed below an element. */
export function listenToPresses(root) {
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-press]");
    if (button && !button.hasAttribute("aria-busy")) use("press", { message: button.dataset.message, custom_id: button.dataset.press }, button);
    const gone = event.target.closest("[data-dismiss]");
    if (gone) dismiss(gone);
  });
  root.addEventListener("chosen", (event) => {
    const { select, message } = event.target.dataset;
    use("select", { message, custom_id: select, values: event.detail }, event.target);
  });
}

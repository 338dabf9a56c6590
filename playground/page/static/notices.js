// What is told: a sentence that was refused, and what screen readers say.

import { Outdated, Refusal } from "./api.js";
import { byId, make } from "./dom.js";

const SHOWN_FOR = 8000;

/** Shows a sentence above the message box for a while. */
export function notice(sentence) {
  const element = make("p", { class: "notice", dir: "auto" }, sentence);
  byId("notices").replaceChildren(element);
  setTimeout(() => element.remove(), SHOWN_FOR);
}

/** Says something to those who do not see the page. */
export function announce(text) {
  byId("announcer").textContent = text;
}

/** Shows why something could not be done; what nobody expected stands in the console too. */
export function tell(error) {
  if (error instanceof Outdated) return;
  notice(error.message);
  if (!(error instanceof Refusal)) reportError(error);
}

/** Does something, and shows why it was refused if it was; undefined then. */
export async function attempt(action) {
  try {
    return await action();
  } catch (error) {
    tell(error);
    return undefined;
  }
}

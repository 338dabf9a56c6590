// The form that a bot opens.

import { Refusal, post } from "./api.js";
import { byId, elements } from "./dom.js";
import { valuesOf } from "./menus.js";
import { tell } from "./notices.js";

const dialog = byId("modal");
const form = byId("modal-form");
const problem = byId("modal-problem");

let interaction = null;
let sending = false;

/** Opens a form: {interaction, title, html}. */
export function showModal(modal) {
  interaction = modal.interaction;
  byId("modal-title").textContent = modal.title;
  byId("modal-fields").replaceChildren(elements(modal.html));
  problem.textContent = "";
  dialog.showModal();
  byId("modal-fields").querySelector("input, textarea, button")?.focus();
}

function filledIn() {
  const values = Object.create(null);
  for (const field of form.querySelectorAll("input[name], textarea[name]")) {
    if (field.type === "radio" || field.type === "checkbox") {
      values[field.name] ??= [];
      if (field.checked) values[field.name].push(field.value);
    } else values[field.name] = field.value;
  }
  for (const menu of form.querySelectorAll("[data-field]")) values[menu.dataset.field] = valuesOf(menu);
  return values;
}

async function submit(event) {
  event.preventDefault();
  if (sending) return;
  sending = true;
  try {
    const answer = await post("submit", { interaction, values: filledIn() });
    dialog.close();
    if (answer.modal) showModal(answer.modal);
  } catch (error) {
    if (error instanceof Refusal) problem.textContent = error.message;
    else tell(error);
  } finally {
    sending = false;
  }
}

form.addEventListener("submit", submit);
byId("modal-cancel").addEventListener("click", () => dialog.close());

// A text input with a list of suggestions (ARIA Authoring Practices, "Combobox").

import { byId, make } from "./dom.js";

const list = byId("suggestions");

let owner = null;

/** Suggestions for one input at a time; each input of the message box has its own `Combobox` over the one list. */
export class Combobox {
  /** `onChoose` gets the suggestion that is taken: {label, note, value}. */
  constructor(input, onChoose) {
    this.input = input;
    this.onChoose = onChoose;
    this.items = [];
    this.active = -1;
    input.addEventListener("keydown", (event) => this.#obey(event));
    input.addEventListener("blur", () => this.close());
  }

  /** Offers suggestions; the first is the active one where something else was typed. None closes the list. */
  offer(items, footnote = "") {
    if (document.activeElement !== this.input) return;
    if (items.length === 0 && !footnote) return this.close();
    owner = this;
    this.items = items;
    const rows = items.map((item, number) => row(item, number));
    if (footnote) rows.push(make("li", { class: "footnote", role: "presentation", dir: "auto" }, footnote));
    list.replaceChildren(...rows);
    list.hidden = false;
    this.#expand(true);
    const typed = this.input.value.trim();
    this.#activate(items.length && typed && typed !== items[0].label ? 0 : -1);
  }

  close() {
    if (owner !== this) return;
    owner = null;
    this.items = [];
    list.hidden = true;
    this.#expand(false);
    this.input.removeAttribute("aria-activedescendant");
  }

  take(number) {
    const item = this.items[number];
    this.close();
    if (item) this.onChoose(item);
  }

  // A text of several lines is a textbox, which has no such state.
  #expand(open) {
    if (this.input.role === "combobox") this.input.setAttribute("aria-expanded", String(open));
  }

  #activate(number) {
    this.active = number;
    for (const [each, element] of [...list.querySelectorAll("[role=option]")].entries()) {
      element.setAttribute("aria-selected", String(each === number));
      if (each === number) element.scrollIntoView({ block: "nearest" });
    }
    if (number >= 0) this.input.setAttribute("aria-activedescendant", `suggestion-${number}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  #obey(event) {
    if (owner !== this || event.isComposing) return;
    const count = this.items.length;
    const acts = {
      ArrowDown: count && (() => this.#activate((this.active + 1) % count)),
      ArrowUp: count && (() => this.#activate((Math.max(this.active, 0) - 1 + count) % count)),
      Enter: this.active >= 0 && (() => this.take(this.active)),
      Tab: this.active >= 0 && (() => this.take(this.active)),
      Escape: () => this.close(),
    };
    if (!acts[event.key] || event.shiftKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    acts[event.key]();
  }
}

function row(item, number) {
  return make("li", { role: "option", id: `suggestion-${number}`, "aria-selected": "false", "data-number": number },
    make("span", { class: "suggested", dir: "auto" }, item.label),
    make("span", { class: "note", dir: "auto" }, item.note ?? ""));
}

// The input keeps its focus while a suggestion is pressed.
list.addEventListener("mousedown", (event) => event.preventDefault());
list.addEventListener("click", (event) => {
  const option = event.target.closest("[role=option]");
  if (option) owner?.take(Number(option.dataset.number));
});

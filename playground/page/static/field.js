// One option of a command: its name, what is typed, and the value that is sent.

import { Refusal } from "./api.js";
import { Combobox } from "./combobox.js";
import { make } from "./dom.js";

export const Type = { STRING: 3, INTEGER: 4, BOOLEAN: 5, NUMBER: 10 };

const YES_NO = [{ name: "True", value: true }, { name: "False", value: false }];
const PATIENCE = 150;
const SHOWN = 25;

/** A field; `ask(field)` brings the bot's {choices, problem} while somebody types, `onFilled` is called when one was taken. */
export class Field {
  constructor(option, { ask, onFilled }) {
    this.option = option;
    this.ask = ask;
    this.choices = option.type === Type.BOOLEAN ? YES_NO : option.choices ?? [];
    this.picked = null;
    this.asked = 0;
    const id = `option-${option.name}`;
    this.input = make("input", {
      id, type: "text", role: "combobox", dir: "auto", "aria-expanded": "false", "aria-controls": "suggestions",
      "aria-autocomplete": "list", "aria-required": option.required ? "true" : false, "aria-description": option.description,
      inputmode: option.type === Type.INTEGER ? "numeric" : false, maxlength: 6000,
    });
    this.element = make("span", { class: "option" }, make("label", { for: id, dir: "auto" }, option.name), this.input);
    this.combobox = new Combobox(this.input, (item) => {
      this.fill(item.choice);
      onFilled(this);
    });
    this.input.addEventListener("focus", () => this.#suggest());
    this.input.addEventListener("input", () => this.#typed());
  }

  /** What is typed. */
  get text() {
    return this.input.value;
  }

  /** Fills in a choice, or text. */
  fill(choice) {
    this.picked = typeof choice === "string" ? null : choice;
    this.input.value = this.picked ? this.picked.name : choice;
    this.#resize();
    this.markWrong(false);
  }

  markWrong(wrong) {
    this.input.setAttribute("aria-invalid", String(wrong));
  }

  /** What is sent; undefined where nothing was typed. A Refusal where it does not fit the option. */
  value() {
    const { name, type, required } = this.option;
    const text = this.text.trim();
    if (!text) {
      if (required) throw new Refusal(`${name} is required.`);
      return undefined;
    }
    if (this.picked?.name === this.text) return this.picked.value;
    const same = this.choices.find((choice) => choice.name.toLowerCase() === text.toLowerCase() || String(choice.value) === text);
    if (same) return same.value;
    if (this.choices.length || type === Type.BOOLEAN) throw new Refusal(`${name} takes one of its choices.`);
    if (type === Type.INTEGER || type === Type.NUMBER) return this.#number(text);
    if (type !== Type.STRING) throw new Refusal(`${name} takes one of its choices, and there are none here.`);
    return text;
  }

  #number(text) {
    const { name, type, min_value: least, max_value: most } = this.option;
    const number = Number(text);
    if (!Number.isFinite(number) || (type === Type.INTEGER && !Number.isInteger(number))) throw new Refusal(`${name} takes a number.`);
    if ((least ?? number) > number || (most ?? number) < number) throw new Refusal(`${name} takes ${range(least, most)}.`);
    return number;
  }

  #typed() {
    this.picked = null;
    this.#resize();
    this.markWrong(false);
    this.#suggest(PATIENCE);
  }

  #resize() {
    this.input.size = Math.min(Math.max(this.text.length + 1, 6), 40);
  }

  #suggest(after = 0) {
    const turn = ++this.asked;
    const typed = this.text.trim().toLowerCase();
    if (!this.option.autocomplete) {
      const found = this.choices.filter((choice) => choice.name.toLowerCase().includes(typed));
      return this.#offer(this.picked ? this.choices : found);
    }
    setTimeout(async () => {
      if (turn !== this.asked) return;
      const { choices, problem } = await this.ask(this);
      if (turn === this.asked) this.#offer(choices, problem);
    }, after);
  }

  #offer(choices, problem = "") {
    const footnote = problem || (choices.length || this.text ? "" : this.option.description);
    this.combobox.offer(choices.slice(0, SHOWN).map((choice) => ({ label: choice.name, note: "", choice })), footnote);
  }
}

function range(least, most) {
  if (least === null) return `at most ${most}`;
  return most === null ? `at least ${least}` : `${least} to ${most}`;
}

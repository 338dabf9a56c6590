// A command that is being filled in: its options as named fields in the message box.

import { post } from "./api.js";
import { Combobox } from "./combobox.js";
import { split } from "./commandline.js";
import { make } from "./dom.js";
import { Field } from "./field.js";
import { session } from "./session.js";

/** The form of one command. `onLeave(text)` is called when somebody goes back to plain text. */
export class CommandForm {
  constructor(command, { onLeave }) {
    this.command = command;
    this.onLeave = onLeave;
    this.fields = [];
    this.more = make("input", {
      type: "text", class: "more", role: "combobox", "aria-expanded": "false", "aria-controls": "suggestions",
      "aria-autocomplete": "list", "aria-label": `More options of /${command.name}`,
    });
    this.adding = new Combobox(this.more, (item) => this.#show(item.option).input.focus());
    this.element = make("span", { class: "command", role: "group", "aria-label": `/${command.name}` },
      make("b", { class: "command-name", dir: "auto" }, `/${command.name}`), this.more);
    this.more.addEventListener("focus", () => this.#offerOptions());
    this.more.addEventListener("input", () => this.#readMore());
    this.element.addEventListener("keydown", (event) => this.#obey(event));
    this.element.addEventListener("input", (event) => this.#readField(event.target));
    for (const option of command.options) if (option.required) this.#show(option);
  }

  /** Takes over what was typed after the command's name. */
  read(text) {
    const { before, found } = split(text, this.command.options);
    for (const [name, value] of found) this.#show(this.#option(name)).fill(value);
    this.more.value = before.trim();
  }

  focus() {
    const empty = this.fields.find((field) => field.option.required && !field.text);
    (empty?.input ?? this.more).focus();
  }

  /** The options by name. A Refusal where one does not fit. */
  values() {
    const values = {};
    for (const field of this.fields) {
      try {
        const value = field.value();
        if (value !== undefined) values[field.option.name] = value;
      } catch (problem) {
        field.markWrong(true);
        field.input.focus();
        throw problem;
      }
    }
    return values;
  }

  #option(name) {
    return this.command.options.find((option) => option.name === name);
  }

  #show(option) {
    const present = this.fields.find((field) => field.option === option);
    if (present) return present;
    const field = new Field(option, { ask: (asking) => this.#choices(asking), onFilled: () => this.more.focus() });
    this.fields.push(field);
    this.more.before(field.element);
    this.more.value = "";
    return field;
  }

  #remove(field) {
    this.fields = this.fields.filter((each) => each !== field);
    field.element.remove();
    (this.fields.at(-1)?.input ?? this.more).focus();
  }

  async #choices(field) {
    const options = {};
    for (const other of this.fields) {
      if (other === field) continue;
      try {
        const value = other.value();
        if (value !== undefined) options[other.option.name] = value;
      } catch {
        // An option that is not filled in yet is left out, as Discord leaves it out.
      }
    }
    const { application, name } = this.command;
    const body = { channel: session.channel, application: application.id, name, options, focused: field.option.name, typed: field.text };
    return post("autocomplete", body).then((answer) => answer.choices, () => []);
  }

  #offerOptions() {
    const typed = this.more.value.trim().toLowerCase();
    const left = this.command.options.filter((option) => !this.fields.some((field) => field.option === option));
    const found = left.filter((option) => option.name.startsWith(typed));
    this.adding.offer(found.map((option) => ({ label: option.name, note: option.description, option })), found.length ? "" : this.command.description);
  }

  #readMore() {
    const { before, found } = split(this.more.value, this.command.options);
    if (!found.length) return this.#offerOptions();
    let last;
    for (const [name, value] of found) (last = this.#show(this.#option(name))).fill(value);
    this.more.value = before.trim();
    last.input.focus();
  }

  #readField(input) {
    const field = this.fields.find((each) => each.input === input);
    const { before, found } = field ? split(field.text, this.command.options) : { found: [] };
    if (!found.length) return;
    field.fill(before.trim());
    let last;
    for (const [name, value] of found) (last = this.#show(this.#option(name))).fill(value);
    last.input.focus();
  }

  #obey(event) {
    if (event.key === "Escape") this.onLeave("");
    if (event.key !== "Backspace" || event.target.value !== "") return;
    event.preventDefault();
    const field = this.fields.find((each) => each.input === event.target);
    if (field && !field.option.required) this.#remove(field);
    else if (!field && this.fields.length) this.fields.at(-1).input.focus();
    else if (!field) this.onLeave(`/${this.command.name}`);
  }
}

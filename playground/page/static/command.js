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
    this.element = make("span", { class: "command", role: "group", "aria-label": `/${command.name} of ${command.application.name}` },
      make("b", { class: "command-name", dir: "auto", title: command.application.name }, `/${command.name}`), this.more);
    this.more.addEventListener("focus", () => this.#offerOptions());
    this.more.addEventListener("input", () => this.#readMore());
    this.element.addEventListener("keydown", (event) => this.#obey(event));
    this.element.addEventListener("input", (event) => this.#readField(event.target));
    for (const option of command.options) if (option.required) this.#show(option);
  }

  /** Takes over what was typed after the command's name. */
  read(text) {
    const { before, found } = split(text, this.command.options);
    this.#fill(found);
    this.more.value = before.trim();
  }

  focus() {
    const empty = this.fields.find((field) => field.option.required && !field.text);
    (empty?.input ?? this.more).focus();
  }

  /** The options by name. A Refusal where one does not fit. */
  values() {
    return given(this.fields, (field, problem) => {
      field.markWrong(true);
      field.input.focus();
      throw problem;
    });
  }

  // Fills in options by name, and returns the field of the last.
  #fill(found) {
    let last;
    for (const [name, value] of found) {
      last = this.#show(this.command.options.find((option) => option.name === name));
      last.fill(value);
    }
    return last;
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
    const others = this.fields.filter((other) => other !== field);
    const options = given(others, () => null); // Discord leaves out what does not fit yet, too.
    const { application, name } = this.command;
    const body = { channel: session.channel, application: application.id, name, options, focused: field.option.name, typed: field.text };
    return post("autocomplete", body).then(({ choices }) => ({ choices }), ({ message }) => ({ choices: [], problem: message }));
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
    const last = this.#fill(found);
    this.more.value = before.trim();
    last.input.focus();
  }

  #readField(input) {
    const field = this.fields.find((each) => each.input === input);
    const { before, found } = field ? split(field.text, this.command.options) : { found: [] };
    if (!found.length) return;
    field.fill(before.trim());
    this.#fill(found).input.focus();
  }

  #obey(event) {
    if (event.isComposing) return;
    if (event.key === "Escape") this.onLeave("");
    if (event.key !== "Backspace" || event.target.value !== "") return;
    event.preventDefault();
    const field = this.fields.find((each) => each.input === event.target);
    if (field && !field.option.required) this.#remove(field);
    else if (!field && this.fields.length) this.fields.at(-1).input.focus();
    else if (!field) this.onLeave(`/${this.command.name}`);
  }
}

// What is filled in, by the options' names; `onProblem(field, problem)` gets each field that takes no such thing.
function given(fields, onProblem) {
  const values = [];
  for (const field of fields) {
    try {
      values.push([field.option.name, field.value()]);
    } catch (problem) {
      onProblem(field, problem);
    }
  }
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

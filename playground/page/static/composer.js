// The message box: plain text, or a command that is being filled in.

import { get, post } from "./api.js";
import { Combobox } from "./combobox.js";
import { CommandForm } from "./command.js";
import { matching, named } from "./commandline.js";
import { byId } from "./dom.js";
import { showModal } from "./modal.js";
import { attempt, notice } from "./notices.js";
import { session } from "./session.js";

const form = byId("composer");
const text = byId("text");

let offers = { commands: [], refused: [] };
let filling = null;

const suggestions = new Combobox(text, (item) => begin(item.command, ""));

/** Makes the box ready for a channel that was opened; what was typed stays where it was open before. */
export async function prepare(channel, again) {
  if (!again) leave("");
  form.hidden = !channel.may_write;
  text.placeholder = `Message ${channel.kind === "dm" ? "@" : "#"}${channel.name}`;
  await refresh();
}

async function refresh() {
  const channel = session.channel;
  const found = await attempt(() => get("commands", { channel }));
  if (found && channel === session.channel) offers = found;
}

function begin(command, rest) {
  filling = new CommandForm(command, { onLeave: (typed) => leave(typed, true) });
  text.hidden = true;
  text.value = "";
  text.before(filling.element);
  filling.read(rest);
  filling.focus();
}

function leave(typed, focus = false) {
  filling?.element.remove();
  filling = null;
  text.hidden = false;
  text.value = typed;
  if (focus) text.focus();
  if (typed) suggest();
}

async function suggest() {
  if (!text.value.startsWith("/")) return suggestions.close();
  if (text.value === "/") await refresh();
  const command = named(text.value, offers.commands);
  if (command?.rest) return begin(command.command, command.rest);
  const found = matching(text.value, offers.commands);
  const hidden = offers.refused.map(({ name, reason }) => `/${name} ${reason}`).join("; ");
  suggestions.offer(found.map((each) => ({ label: `/${each.name}`, note: `${each.description} — ${each.application.name}`, command: each })),
    hidden && `Not for you here: ${hidden}`);
}

async function sendCommand() {
  const { application, name } = filling.command;
  const options = await attempt(() => filling.values());
  if (options === undefined) return;
  leave("", true);
  form.setAttribute("aria-busy", "true");
  const answer = await attempt(() => post("slash", { channel: session.channel, application: application.id, name, options }));
  form.removeAttribute("aria-busy");
  if (answer?.modal) showModal(answer.modal);
}

async function sendText() {
  const content = text.value.trim();
  if (!content) return;
  if (content.startsWith("/")) return sendTyped(content);
  text.value = "";
  const sent = await attempt(() => post("say", { channel: session.channel, content }));
  if (sent === undefined && !text.value) text.value = content;
}

async function sendTyped(content) {
  await refresh();
  const command = named(content, offers.commands);
  if (command) {
    begin(command.command, command.rest);
    return sendCommand();
  }
  const refused = named(content, offers.refused)?.command;
  notice(refused ? `/${refused.name}: ${refused.reason}.` : `There is no command ${content.split(" ")[0]} here.`);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  filling ? sendCommand() : sendText();
});
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.target.tagName === "BUTTON") return;
  event.preventDefault();
  form.requestSubmit();
});
text.addEventListener("input", suggest);

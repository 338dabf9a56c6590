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

const suggestions = new Combobox(text, (item) => begin(item.command, item.rest));

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
  fillIn(new CommandForm(command, { onLeave: (typed) => leave(typed, true) }));
  filling.read(rest);
  filling.focus();
}

function fillIn(command) {
  filling = command;
  text.hidden = true;
  text.value = "";
  text.before(command.element);
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
  if (text.value === "/") await refresh();
  if (!text.value.startsWith("/")) return suggestions.close();
  const { found, rest } = named(text.value, offers.commands);
  if (found.length === 1 && rest) return begin(found[0], rest);
  const fitting = found.length && rest ? found : matching(text.value, offers.commands);
  const hidden = offers.refused.map(({ name, reason }) => `/${name} ${reason}`).join("; ");
  suggestions.offer(fitting.map((each) => ({ label: `/${each.name}`, note: `${each.description} — ${each.application.name}`, command: each, rest: found.includes(each) ? rest : "" })),
    hidden && `Not for you here: ${hidden}`);
}

async function sendCommand() {
  const sent = filling;
  const { application, name } = sent.command;
  const { channel } = session;
  const options = await attempt(() => sent.values());
  if (options === undefined) return;
  leave("", true);
  form.setAttribute("aria-busy", "true");
  const answer = await attempt(() => post("slash", { channel, application: application.id, name, options }));
  form.removeAttribute("aria-busy");
  if (answer === undefined && stillEmpty(channel)) {
    const focused = document.activeElement === text;
    fillIn(sent);
    if (focused) sent.focus();
  }
  if (answer?.modal) showModal(answer.modal);
}

// Whether what was refused can be put back into the box.
const stillEmpty = (channel) => channel === session.channel && !filling && !text.value;

async function sendText() {
  const content = text.value.trim();
  if (!content) return;
  if (content.startsWith("/")) return sendTyped(content);
  const { channel } = session;
  text.value = "";
  const sent = await attempt(() => post("say", { channel, content }));
  if (sent === undefined && stillEmpty(channel)) text.value = content;
}

async function sendTyped(content) {
  await refresh();
  if (text.value.trim() !== content) return;
  const { found, rest } = named(content, offers.commands);
  if (found.length > 1) {
    notice(`Several bots have /${found[0].name}: choose one of them.`);
    return suggest();
  }
  if (found.length) {
    begin(found[0], rest);
    return sendCommand();
  }
  const refused = named(content, offers.refused).found[0];
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
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  (filling ?? text).focus();
});

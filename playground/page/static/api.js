// What the page asks of the playground.

import { session } from "./session.js";

/** Something that cannot be done, in one sentence for people. */
export class Refusal extends Error {}

async function ask(path, options, query = {}) {
  const address = new URL(`/page/${path}`, window.location.origin);
  if (session.me) address.searchParams.set("as", session.me);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  let response;
  try {
    response = await fetch(address, options);
  } catch {
    throw new Refusal("The playground does not answer: is it still running?");
  }
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new Refusal(answer?.message ?? `The playground answered ${response.status}.`);
  return answer;
}

export const get = (path, query) => ask(path, {}, query);

export const post = (path, body) =>
  ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

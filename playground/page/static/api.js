// What the page asks of the playground.

import { session } from "./session.js";

/** Something that cannot be done, in one sentence for people; `status` is the answer's, null where none came. */
export class Refusal extends Error {
  constructor(sentence, status = null) {
    super(sentence);
    this.status = status;
  }
}

/** An answer to somebody who does not act any more. */
export class Outdated extends Error {}

async function ask(path, options, query = {}) {
  const address = new URL(`/page/${path}`, window.location.origin);
  const asker = session.me;
  if (asker) address.searchParams.set("as", asker);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  let response;
  try {
    response = await fetch(address, options);
  } catch {
    throw new Refusal("The playground does not answer: is it still running?");
  }
  const answer = await response.json().catch(() => null);
  if (session.me !== asker) throw new Outdated();
  if (!response.ok) throw new Refusal(answer?.message ?? `The playground answered ${response.status}.`, response.status);
  return answer;
}

export const get = (path, query) => ask(path, {}, query);

export const post = (path, body) =>
  ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

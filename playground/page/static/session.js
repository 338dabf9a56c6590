// Who acts and what they look at; remembered for this browser tab.

const store = window.sessionStorage;

export const session = {
  me: store.getItem("me"),
  server: null,
  channel: null,
};

/** Acts as somebody else from now on; as null, as whom the playground says. */
export function actAs(person) {
  session.me = person;
  if (person === null) store.removeItem("me");
  else store.setItem("me", person);
}

/** The channel in the address bar, or null. */
export const addressed = () => /^#\/c\/(\d+)$/.exec(window.location.hash)?.[1] ?? null;

/** Puts a channel into the address bar, which opens it. */
export function goTo(channel) {
  window.location.hash = `#/c/${channel}`;
}

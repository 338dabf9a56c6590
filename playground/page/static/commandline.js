// Commands as they are typed: `/papers tag:Multimodal since:2026-01-01`.

/** The commands that a text names, several where several bots have one of that name, and what is typed after it. */
export function named(text, commands) {
  const fits = commands.filter((command) => text === `/${command.name}` || text.startsWith(`/${command.name} `));
  const length = Math.max(0, ...fits.map((command) => command.name.length));
  return { found: fits.filter((command) => command.name.length === length), rest: text.slice(length + 1) };
}

/** The commands whose name begins with or holds what is typed after the slash, best first. */
export function matching(text, commands) {
  const typed = text.slice(1).toLowerCase();
  const begins = commands.filter((command) => command.name.startsWith(typed));
  return [...begins, ...commands.filter((command) => !begins.includes(command) && command.name.includes(typed))];
}

/** The options in a text, [[name, value], …], and the text before the first. A value ends where the next option begins. */
export function split(text, options) {
  const names = options.map((option) => option.name.replace(/[\\^$*+?.()|[\]{}/]/g, "\\$&"));
  if (!names.length) return { before: text, found: [] };
  const parts = text.split(new RegExp(`(?:^|\\s)(${names.join("|")}):`, "u"));
  const found = [];
  for (let place = 1; place < parts.length; place += 2) found.push([parts[place], parts[place + 1].trim()]);
  return { before: parts[0], found };
}

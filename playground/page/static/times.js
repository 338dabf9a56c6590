// Times in the reader's own zone and words.

const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
  s: { dateStyle: "short", timeStyle: "short" },
  S: { dateStyle: "short", timeStyle: "medium" },
};
const TICK = 10_000;
const UNITS = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
// A playground has a clock of its own: a demo lives in the days of its sample.
const behind = Date.now() - new Date(document.documentElement.dataset.now);
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

function ago(moment) {
  const seconds = (moment - (Date.now() - behind)) / 1000;
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? UNITS.at(-1);
  return relative.format(Math.round(seconds / size), unit);
}

/** Writes every <time> below an element as its reader would. */
export function localise(root, which = "time[datetime]") {
  for (const time of root.querySelectorAll(which)) {
    const moment = new Date(time.dateTime);
    if (Number.isNaN(moment.valueOf())) continue;
    const style = time.dataset.style ?? "f";
    time.textContent = style === "R" ? ago(moment) : new Intl.DateTimeFormat("en", STYLES[style] ?? STYLES.f).format(moment);
    time.title = new Intl.DateTimeFormat("en", STYLES.F).format(moment);
  }
}

setInterval(() => localise(document, "time[data-style=R]"), TICK);

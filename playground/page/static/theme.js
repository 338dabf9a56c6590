// Dark or light: as the system has it, until somebody chooses.

import { byId } from "./dom.js";

const button = byId("theme");
const system = window.matchMedia("(prefers-color-scheme: light)");

function show(theme) {
  document.documentElement.dataset.theme = theme;
  button.setAttribute("aria-pressed", String(theme === "light"));
}

const kept = () => window.localStorage.getItem("theme");

show(kept() ?? (system.matches ? "light" : "dark"));
system.addEventListener("change", () => kept() ?? show(system.matches ? "light" : "dark"));
button.addEventListener("click", () => {
  const theme = document.documentElement.dataset.theme === "light" ? "dark" : "light";
  window.localStorage.setItem("theme", theme);
  show(theme);
});

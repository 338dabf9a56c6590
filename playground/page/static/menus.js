// Select menus: a button that opens a listbox (ARIA Authoring Practices, "Select-Only Combobox").

const options = (menu) => [...menu.querySelectorAll("[role=option]")];
const chosen = (menu) => options(menu).filter((option) => option.getAttribute("aria-selected") === "true");
const list = (menu) => menu.querySelector("[role=listbox]");
const button = (menu) => menu.querySelector(".select-button");

/** What is chosen in a menu. */
export const valuesOf = (menu) => chosen(menu).map((option) => option.dataset.value);

function open(menu) {
  for (const other of document.querySelectorAll(".select.open")) shut(other);
  menu.classList.add("open");
  list(menu).hidden = false;
  menu.dataset.before = valuesOf(menu).join("\n");
  button(menu).setAttribute("aria-expanded", "true");
  activate(menu, chosen(menu)[0] ?? options(menu)[0]);
  list(menu).focus();
  list(menu).scrollIntoView({ block: "nearest" });
}

function shut(menu) {
  menu.classList.remove("open");
  list(menu).hidden = true;
  button(menu).setAttribute("aria-expanded", "false");
  if (menu.dataset.select && menu.dataset.before !== valuesOf(menu).join("\n")) send(menu);
}

function activate(menu, option) {
  if (!option) return;
  for (const each of options(menu)) each.classList.toggle("active", each === option);
  list(menu).setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function step(menu, by) {
  const all = options(menu);
  const now = all.findIndex((option) => option.classList.contains("active"));
  activate(menu, all[Math.min(Math.max(now + by, 0), all.length - 1)]);
}

function choose(menu, option) {
  if (!option) return;
  const several = Number(menu.dataset.most) > 1;
  const was = option.getAttribute("aria-selected") === "true";
  if (!several) for (const each of options(menu)) each.setAttribute("aria-selected", "false");
  if (several && !was && chosen(menu).length >= Number(menu.dataset.most)) return;
  option.setAttribute("aria-selected", String(several || menu.dataset.least === "0" ? !was : true));
  label(menu);
  if (!several) {
    if (menu.dataset.before === valuesOf(menu).join("\n")) menu.dataset.before = "";
    shut(menu);
    button(menu).focus();
  }
}

function label(menu) {
  const names = chosen(menu).map((option) => option.querySelector(".option-label").textContent);
  button(menu).textContent = names.join(", ") || list(menu).getAttribute("aria-label");
}

function send(menu) {
  menu.dispatchEvent(new CustomEvent("chosen", { bubbles: true, detail: valuesOf(menu) }));
}

const KEYS = {
  ArrowDown: (menu) => step(menu, 1),
  ArrowUp: (menu) => step(menu, -1),
  Home: (menu) => step(menu, -Infinity),
  End: (menu) => step(menu, Infinity),
  Enter: (menu) => choose(menu, menu.querySelector(".active")),
  " ": (menu) => choose(menu, menu.querySelector(".active")),
  Escape: (menu) => (shut(menu), button(menu).focus()),
};

/** Listens to every menu below an element. */
export function listenToMenus(root) {
  root.addEventListener("click", (event) => {
    const menu = event.target.closest(".select");
    if (!menu) return;
    const option = event.target.closest("[role=option]");
    if (option) choose(menu, option);
    else if (event.target.closest(".select-button")) menu.classList.contains("open") ? shut(menu) : open(menu);
  });
  root.addEventListener("keydown", (event) => {
    const menu = event.target.closest("[role=listbox]")?.closest(".select.open");
    if (!menu || !KEYS[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    KEYS[event.key](menu);
  });
  root.addEventListener("focusout", (event) => {
    const menu = event.target.closest(".select.open");
    if (menu && !menu.contains(event.relatedTarget)) shut(menu);
  });
}

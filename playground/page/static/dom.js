// Elements, and the one place where HTML text becomes some.

const policy = window.trustedTypes?.createPolicy("page", { createHTML: (html) => html });

/** A fragment of the elements in `html`, which our own server rendered, escaped and sanitised. */
export function elements(html) {
  const template = document.createElement("template");
  template.innerHTML = policy ? policy.createHTML(html) : html;
  return template.content;
}

/** An element with attributes (functions are listeners) and children (strings are text). */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

const NAMING = ["id", "data-server", "data-channel", "data-direct"];

/** Puts other children into an element; what has the focus there keeps it, where it is there again. */
export function replace(root, ...children) {
  const focused = root.contains(document.activeElement) ? document.activeElement : null;
  const name = NAMING.find((each) => focused?.hasAttribute(each));
  root.replaceChildren(...children);
  if (name) root.querySelector(`[${name}="${CSS.escape(focused.getAttribute(name))}"]`)?.focus();
}

/** The element with that id. */
export const byId = (id) => document.getElementById(id);

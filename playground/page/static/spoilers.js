// What is hidden until somebody wants to see it.

function reveal(spoiler) {
  spoiler.classList.add("shown");
  spoiler.setAttribute("aria-expanded", "true");
  spoiler.removeAttribute("aria-label");
}

/** Listens to every spoiler below an element. */
export function listenToSpoilers(root) {
  root.addEventListener("click", (event) => {
    const spoiler = event.target.closest(".spoiler");
    if (spoiler) reveal(spoiler);
  });
  root.addEventListener("keydown", (event) => {
    if (!["Enter", " "].includes(event.key) || !event.target.matches(".spoiler")) return;
    event.preventDefault();
    reveal(event.target);
  });
}

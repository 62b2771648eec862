// Star and rating show at once; if the studio could not keep them, they go back to what they were.

import { tell } from "./send.js";

const forms = (uid) => document.querySelectorAll(`form[data-mark="${uid}"]`);
const pressed = (button) => button.getAttribute("aria-pressed") === "true";

function draw(uid, change) {
  for (const form of forms(uid)) {
    for (const button of form.querySelectorAll("button[name]")) {
      if (!(button.name in change)) continue;
      const value = change[button.name];
      const on = button.name === "starred" ? value === "on" : button.dataset.rating === value;
      button.setAttribute("aria-pressed", String(on));
      button.value = button.name === "starred" ? (on ? "off" : "on") : on ? "0" : button.dataset.rating;
    }
  }
  document.dispatchEvent(new CustomEvent("marked", { detail: { uid, ...change } }));
}

/* As it is now, to go back to. */
function state(form, name) {
  const on = [...form.querySelectorAll(`button[name="${name}"]`)].find(pressed);
  return { [name]: name === "starred" ? (on ? "on" : "off") : (on?.dataset.rating ?? "0") };
}

const before = new WeakMap();

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target.closest("form[data-mark]");
    const button = event.submitter;
    if (!form || !button?.name) return;
    before.set(form, state(form, button.name));
    const change = { [button.name]: button.value };
    setTimeout(() => draw(form.dataset.mark, change)); // once htmx has read what is sent
  },
  true,
);

function undo(event) {
  const form = event.target.closest?.("form[data-mark]");
  if (!form || !before.has(form)) return;
  draw(form.dataset.mark, before.get(form));
  before.delete(form);
}
document.addEventListener("htmx:response:error", undo);
document.addEventListener("htmx:error", (event) => {
  undo(event);
  tell(event.target.dataset?.lost);
});

// Small manners of every page. Everything here only adds: the forms and links work without it.

import "./focus.js";
import { send } from "./send.js";

const root = document.documentElement;

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  ctx.fetch = send;
});

/* Theme: change at once, let the server remember it. */
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-theme-form]");
  if (!form || !event.submitter) return;
  event.preventDefault();
  const theme = event.submitter.value;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  for (const button of document.querySelectorAll("[data-theme-form] [name=theme]"))
    button.setAttribute("aria-pressed", String(button.value === theme));
  const body = new FormData(form);
  body.set("theme", theme);
  send(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
});

/* Toasts: errors stay until somebody has read them. One that is said again is still one. */
const SECONDS = 6;
const CALM = 20; // where there is something to do
const later = (toast) => {
  if (!toast.classList.contains("error")) setTimeout(() => leave(toast), (toast.querySelector("form") ? CALM : SECONDS) * 1000);
};
const leave = (toast) => (toast.matches(":hover, :focus-within") ? setTimeout(() => leave(toast), 1000) : toast.remove());
const toasts = document.getElementById("toasts");
const once = (toast) => {
  for (const other of toasts.querySelectorAll(".toast.error"))
    if (other !== toast && other.textContent === toast.textContent) other.remove();
};
toasts.querySelectorAll(".toast").forEach(later);
new MutationObserver((changes) => {
  for (const change of changes)
    for (const node of change.addedNodes) if (node.classList?.contains("toast")) later(node), once(node);
}).observe(toasts, { childList: true });

document.addEventListener("click", (event) => {
  event.target.closest(".toast a")?.closest(".toast").remove();
  const button = event.target.closest("button");
  if (button?.matches("[data-dismiss]")) button.closest(".toast").remove();
  if (button?.matches("[data-copy]")) copy(button);
});

async function copy(button) {
  const field = document.getElementById(button.dataset.copy);
  field.select();
  await navigator.clipboard.writeText(field.value).catch(() => document.execCommand("copy"));
  button.querySelector("span").textContent = button.dataset.done;
}

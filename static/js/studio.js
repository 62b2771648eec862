// Small manners of every page. Everything here only adds: the forms and links work without it.

const root = document.documentElement;

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
  fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
});

/* Toasts: errors stay until somebody has read them. */
const SECONDS = 6;
const later = (toast) => {
  if (!toast.classList.contains("error")) setTimeout(() => toast.remove(), SECONDS * 1000);
};
const toasts = document.getElementById("toasts");
toasts.querySelectorAll(".toast").forEach(later);
new MutationObserver((changes) => {
  for (const change of changes)
    for (const node of change.addedNodes) if (node.classList?.contains("toast")) later(node);
}).observe(toasts, { childList: true });

document.addEventListener("click", (event) => {
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

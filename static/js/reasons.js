// The box for a reason: a figure is a reason, and anything else begins one of one's own.

const find = (selector, within) => within.querySelector(selector);

export const enter = (box) => box.contains(document.activeElement) || (find("[data-reason]", box) ?? find("textarea", box)).focus();

document.addEventListener(
  "toggle",
  (event) => {
    if (event.target.matches?.("[data-note]") && event.newState === "open") enter(event.target);
  },
  true,
);
document.addEventListener("keydown", (event) => {
  const box = event.target.closest?.("[data-note]");
  if (!box || event.altKey) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    find("[data-send]", box).click();
  }
  if (event.ctrlKey || event.metaKey || event.target.matches("textarea") || event.key.length > 1 || event.key === " ") return;
  const reason = find(`[data-reason="${event.key}"]`, box);
  if (reason) {
    event.preventDefault();
    reason.click();
  } else find("textarea", box).focus();
});

// Two images: a line that is moved, the same place in both enlarged, and keys.

import { word, zoomable } from "./zoom.js";

const root = document.querySelector("[data-compare-page]");
const stage = root.querySelector("[data-stage]");
const boxes = [...stage.querySelectorAll("[data-picture]")];
const versus = stage.querySelector("[data-versus]");
const cut = stage.querySelector("[data-cut]");
const words = root.querySelector("[data-zoom-word]");

const go = (selector) => () => root.querySelector(selector)?.click();

function divide(percent) {
  const held = Math.min(100, Math.max(0, percent));
  if (Number(cut.value) !== held) cut.value = String(held);
  versus.style.setProperty("--cut", `${held}%`);
}

function follow(event) {
  const { left, width } = versus.getBoundingClientRect();
  divide(((event.clientX - left) / width) * 100);
}

/* Near the line a pointer takes the line; elsewhere it takes the enlarged picture, or brings the line along. */
function grip(event, scale) {
  if (!versus) return null;
  const { left, width } = versus.getBoundingClientRect();
  const line = left + (width * Number(cut.value)) / 100;
  if (scale > 1 && Math.abs(event.clientX - line) > 28) return null;
  event.preventDefault();
  cut.focus({ preventScroll: true });
  follow(event);
  return follow;
}

const view = zoomable(stage, boxes, { look: (seen) => word(words, seen), grip });
root.querySelector("[data-zoom]").addEventListener("click", () => view.toggle());
cut?.addEventListener("input", () => divide(Number(cut.value)));

const keys = { m: go("[data-view]:not([aria-current])"), c: go("[data-swap]"), Escape: go("a[data-back]") };
if (versus) {
  const move = (event, way) => divide(Number(cut.value) + way * (event.ctrlKey ? 0.5 : 2));
  keys.ArrowLeft = (event) => move(event, -1);
  keys.ArrowRight = (event) => move(event, 1);
}
document.addEventListener("keydown", (event) => {
  if (event.metaKey || event.altKey || event.target.closest("summary, select, textarea")) return;
  if (event.target === cut && event.key.startsWith("Arrow") && !event.shiftKey) return; // it moves by itself
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (view.key(event)) return void event.preventDefault();
  if (!keys[key]) return;
  event.preventDefault();
  keys[key](event);
});

/* Back means where one came from; the addresses of the other views and of swapping are not places one was at. */
for (const link of root.querySelectorAll("[data-view], [data-swap]")) {
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    location.replace(link.href);
  });
}
for (const link of root.querySelectorAll("a[data-back]")) {
  link.addEventListener("click", (event) => {
    if (!document.referrer.startsWith(location.origin) || history.length < 2) return;
    event.preventDefault();
    history.back();
  });
}

// References are dragged by mouse or pen. Fingers scroll, and have buttons.

import { changed, items, list, put, slide } from "./lane.js";

let drag = null;

document.addEventListener("pointerdown", (event) => {
  const item = event.target.closest?.("[data-face]")?.closest("[data-ref]");
  if (!item || event.button || event.pointerType === "touch") return;
  const { left, top } = item.getBoundingClientRect();
  drag = { item, on: false, x: event.clientX, y: event.clientY, grip: [event.clientX - left, event.clientY - top], home: item.nextElementSibling };
});
document.addEventListener("pointermove", (event) => {
  if (!drag || (!drag.on && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 6)) return;
  const { item, grip } = drag;
  if (!drag.on) {
    Object.assign(drag, { on: true, slots: slots() });
    item.classList.add("dragged");
    item.querySelector("[data-face]").setPointerCapture(event.pointerId);
  }
  const [all, here] = [items(), corner()];
  const to = drag.slots.findIndex(([x, y, side]) => within(event.clientX - here.left - x, side) && within(event.clientY - here.top - y, side));
  const from = all.indexOf(item);
  if (to >= 0 && to !== from) slide(() => put(item, to < from ? all[to] : all[to].nextElementSibling), item);
  item.style.translate = "none";
  const { left, top } = item.getBoundingClientRect();
  item.style.translate = `${event.clientX - grip[0] - left}px ${event.clientY - grip[1] - top}px`;
});

/** Where the places are, whatever slides over them at the moment. */
const corner = () => list().parentElement.getBoundingClientRect();
const within = (distance, side) => distance >= 0 && distance < side;
const slots = () => items().map((item) => item.getBoundingClientRect()).map(({ left, top, width }) => [left - corner().left, top - corner().top, width]);

for (const kind of ["pointerup", "pointercancel"]) document.addEventListener(kind, () => finish(kind === "pointercancel"));

function finish(back) {
  const was = drag;
  drag = null;
  if (!was?.on) return;
  was.item.classList.remove("dragged");
  was.item.style.translate = "";
  if (back) put(was.item, was.home);
  else addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }));
  changed();
}

function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}

document.addEventListener("keydown", (event) => event.key === "Escape" && drag?.on && finish(true));

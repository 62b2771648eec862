// The queue by keyboard: a verdict is one key, and the next image is there before it is asked for. Forms and links work without it.

import { keys } from "./keys.js";
import { enter } from "./reasons.js";
import "./talk.js";
import { sharpen, word, zoomable } from "./zoom.js";

const AHEAD = 3; // images that are fetched before they are asked for
const BEHIND = 1;

const find = (selector, within = document) => within.querySelector(selector);
const desk = () => find("#desk");

/* --- one image --- */

let stage = null;

function arrive() {
  stage?.stop();
  const root = find("[data-stage]");
  stage = root && zoomable(root, [find("[data-picture]", root)], { look, swipe });
  if (desk()?.dataset.here) history.replaceState(null, "", desk().dataset.here);
  find(".dock .here")?.scrollIntoView({ block: "nearest", inline: "center" });
  prepare();
  for (const toast of [...document.querySelectorAll(".toast:not(.error)")].slice(0, -1)) toast.remove(); // only the last can be meant
  find("[data-open]")?.showPopover();
  choose();
  if (document.activeElement === document.body) find("#main")?.focus({ preventScroll: true });
}

/* Pins stay where they were put, however near somebody looks. */
function look(seen) {
  const button = find("[data-zoom-word]");
  if (button) word(button, seen);
  for (const pin of document.querySelectorAll("[data-pin]")) {
    const mark = find("svg", pin);
    mark.setAttribute("x", `${((pin.dataset.x / 1000) * seen.scale + seen.x) * 100}%`);
    mark.setAttribute("y", `${((pin.dataset.y / 1000) * seen.scale + seen.y) * 100}%`);
  }
}

const swipe = (way) => find(`a[rel="${way > 0 ? "next" : "prev"}"]`)?.click();

function prepare() {
  if (navigator.connection?.saveData) return;
  const tiles = [...document.querySelectorAll(".dock .tile")];
  const place = tiles.findIndex((tile) => tile.matches(".here"));
  const near = [...tiles.slice(place + 1, place + 1 + AHEAD), ...tiles.slice(Math.max(0, place - BEHIND), Math.max(0, place))];
  for (const tile of near) new Image().src = find("img", tile).src.replace("/320.webp", "/1280.webp");
}

document.addEventListener("htmx:after:swap", (event) => {
  const target = event.detail?.ctx?.target;
  if (target?.id === "desk" || target === undefined) arrive();
});

/* --- clicks --- */

document.addEventListener("click", (event) => {
  const original = event.target.closest("[data-original]");
  if (original && event.button === 0 && !event.metaKey && !event.ctrlKey) {
    event.preventDefault();
    sharpen(find("[data-large]"));
  }
  const button = event.target.closest("button");
  if (button?.matches("[data-zoom]")) stage?.toggle();
  if (button?.matches("[data-info]")) button.setAttribute("aria-expanded", String(desk().toggleAttribute("data-informed")));
  if (button?.matches("[data-dismisses]")) setTimeout(() => button.closest(".toast")?.remove());
});

/* --- several at once: what is chosen stays chosen while somebody looks around --- */

const chosen = new Map(); // marks, by image
const image = (mark) => mark.split(":")[0];
const picks = () => [...document.querySelectorAll(".dock .pick")];

function choose() {
  const verdict = find("#verdict");
  if (!verdict) return;
  for (const kept of verdict.querySelectorAll("[data-kept]")) kept.remove();
  for (const pick of picks()) pick.checked = chosen.has(image(pick.value));
  const shown = new Set(picks().map((pick) => image(pick.value)));
  for (const [uid, mark] of chosen) if (!shown.has(uid)) verdict.append(keep(mark));
  const whole = find("[data-whole]:checked")?.value.split(" ").map(image) ?? [];
  const all = new Set([...whole, ...chosen.keys()]);
  const apart = all.size > 0 && !all.has(image(verdict.elements.current.value));
  const many = find("[data-many]");
  many.hidden = all.size < 2 && !apart;
  many.textContent = ` ${all.size}`;
  find("[data-apart]").hidden = !apart;
}

function keep(mark) {
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: "image", value: mark });
  field.dataset.kept = "";
  return field;
}

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-whole]") && target.checked) chosen.clear();
  else if (target.matches(".pick") && target.checked) chosen.set(image(target.value), target.value);
  else if (target.matches(".pick")) chosen.delete(image(target.value));
  else if (!target.matches("[data-whole]")) return;
  choose();
});

/* Decided, or told who was first: either way the choice is used up. A note that is missing leaves it. */
document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  if (ctx?.sourceElement?.id !== "verdict") return;
  if (ctx.response?.status !== 422) chosen.clear();
  for (const toast of document.querySelectorAll(".toast.error")) toast.remove(); // of an earlier click
});

/* --- keys --- */

/* While the next image is on its way a key is for none: nobody decides about what they have not seen. */
let busy = 0;
const count = (more) => () => {
  busy += more;
  document.body.ariaBusy = String(busy > 0);
};
document.addEventListener("htmx:before:request", count(1));
document.addEventListener("htmx:finally:request", count(-1));

const press = (selector) => () => {
  if (busy) return true;
  const target = find(selector);
  target?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  return Boolean(target);
};
const ask = (selector) => () => {
  const box = find(selector);
  if (!box) return false;
  box.showPopover();
  enter(box); // at once: the next key may be on its way
  return true;
};
const zoom = (event) => stage?.key(event) ?? false;

keys({
  a: press("[data-approve]"),
  r: ask("#rejecting"),
  n: ask("#changing"),
  u: press("[data-undo]"),
  x: press(".dock .here .pick"),
  i: press("[data-info]"),
  o: press("[data-original]"),
  c: press("[data-compare]"),
  m: () => {
    desk()?.setAttribute("data-informed", "");
    find(".saying textarea")?.focus();
  },
  ArrowLeft: press('a[rel="prev"]'),
  ArrowRight: press('a[rel="next"]'),
  "+": zoom,
  "=": zoom,
  "-": zoom,
  0: zoom,
});

arrive();

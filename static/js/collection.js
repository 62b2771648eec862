// The order of a collection: by hand, by keys, or by the bar's buttons. Choosing and the rest are the gallery's own.

import { chosen, tiles, uid } from "./picking.js";
import { headers, send, told } from "./send.js";

const form = document.getElementById("selection");
const wall = document.getElementById("wall");
const FAR = 6; // pixels: less is a click

/* Only when everything is on the page is its last picture the last of all. */
const whole = () => !wall.querySelector(".next");

/* It moves at once; if the studio could not keep that, it moves back. */
async function put(tile, before) {
  const was = tile.nextElementSibling;
  if (before === tile || before === was || (!before && !whole())) return;
  const grid = tile.parentElement;
  grid.insertBefore(tile, before);
  const body = new URLSearchParams({ image: uid(tile), ...(before && { before: uid(before) }) });
  const answer = await send(form.dataset.order, { method: "POST", headers: { ...headers(), "HX-Request": "true" }, body }).catch(() => null);
  if (!answer || !(await told(answer))) grid.insertBefore(tile, was);
}

const beside = (tile, by) => tiles()[tiles().indexOf(tile) + by] ?? null;
const moves = {
  first: (tile) => put(tile, tiles()[0]),
  back: (tile) => beside(tile, -1) && put(tile, beside(tile, -1)),
  on: (tile) => beside(tile, 1) && put(tile, beside(tile, 2)),
};

/* --- buttons and keys --- */

form.addEventListener("click", (event) => {
  const way = event.target.closest("[data-move]")?.dataset.move;
  const [tile] = chosen();
  if (way && tile) moves[way](tile);
});

const KEYS = { ArrowLeft: "back", ArrowUp: "back", ArrowRight: "on", ArrowDown: "on", Home: "first" };
document.addEventListener("keydown", (event) => {
  const tile = event.altKey && KEYS[event.key] && document.activeElement?.closest("#wall .tile");
  if (!tile) return;
  event.preventDefault();
  const link = document.activeElement;
  moves[KEYS[event.key]](tile);
  link.focus();
  tile.scrollIntoView({ block: "nearest" });
});

/* Moving makes sense for one picture. */
const one = () => {
  for (const button of form.querySelectorAll("[data-move]")) button.disabled = chosen().length !== 1;
};
form.addEventListener("change", one);
form.addEventListener("click", () => setTimeout(one));
document.addEventListener("keyup", one);
one();

/* --- by hand: a picture is taken along, and a line shows where it would go --- */

wall.addEventListener(
  "pointerdown",
  (down) => {
    const tile = down.target.closest(".placed > .tile");
    if (!tile || down.button || down.pointerType !== "mouse" || down.target.closest("button, label") || down.shiftKey) return;
    down.stopPropagation(); // no frame is drawn from here
    let moving = false;

    const move = (event) => {
      if (!moving && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < FAR) return;
      moving = true;
      tile.classList.add("dragged");
      mark(place(event, tile));
    };
    const up = (event) => {
      for (const kind of ["pointermove", "pointerup", "pointercancel"]) removeEventListener(kind, { pointermove: move }[kind] ?? up);
      mark(null);
      tile.classList.remove("dragged");
      if (!moving) return;
      addEventListener("click", swallow, { capture: true, once: true });
      setTimeout(() => removeEventListener("click", swallow, true));
      const target = event.type === "pointerup" && place(event, tile);
      if (target) put(tile, target.after ? beside(target.tile, 1) : target.tile);
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", up);
    addEventListener("pointercancel", up);
  },
  true,
);

/* Before the picture under the pointer, or behind it from its middle on. */
function place(event, own) {
  const tile = document.elementFromPoint(event.clientX, event.clientY)?.closest(".placed > .tile");
  if (!tile || tile === own) return null;
  const { left, width } = tile.getBoundingClientRect();
  return { tile, after: event.clientX > left + width / 2 };
}

function mark(target) {
  for (const tile of wall.querySelectorAll(".before, .after")) tile.classList.remove("before", "after");
  target?.tile.classList.add(target.after ? "after" : "before");
}

function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}

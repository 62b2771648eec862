// Choosing pictures: by their box, in a range, with a frame drawn around them, or everything that the filter shows.

const form = document.getElementById("selection");
const wall = document.getElementById("wall");
const said = document.getElementById("chosen");
const NEAR = 6; // pixels: less is a click
const EDGE = 48; // from here on the wall moves along
let last = null; // where a range begins

const box = (tile) => tile.querySelector(".pick input");
export const tiles = () => [...wall.querySelectorAll(".tile")];
export const chosen = () => tiles().filter((tile) => box(tile).checked);
export const uid = (tile) => tile.id.slice(2);
/* Nothing happens to what nobody points at. */
export const pointed = () => document.activeElement?.closest(".tile") ?? wall.querySelector(".tile:hover");
export const everything = () => said?.querySelector("[data-every]");
const count = said?.querySelector("[data-count]");

export function pick(tile, on = !box(tile).checked) {
  box(tile).checked = on;
  last = tile;
  show();
}

/* From the last one to this one, in the order they stand. */
export function range(tile) {
  const all = tiles();
  const [from, to] = [all.indexOf(last ?? tile), all.indexOf(tile)].sort((a, b) => a - b);
  for (const between of all.slice(Math.max(0, from), to + 1)) box(between).checked = true;
  last = tile;
  show();
}

export function clear() {
  const any = chosen().length > 0;
  for (const tile of chosen()) box(tile).checked = false;
  last = null;
  show();
  return any;
}

/* Whoever changes one box has left “everything” behind. */
export function show() {
  const number = chosen().length;
  form.toggleAttribute("data-picking", number > 0);
  if (count) {
    count.textContent = number === 1 ? count.dataset.one : count.dataset.many.replace("{n}", number);
    said.replaceChildren(count);
  }
  const compare = form.querySelector("[data-compare]");
  if (compare) compare.hidden = number !== 2;
}

/* What a form would send, with all pictures in one field: there may be more of them than a form may have fields. */
form.addEventListener("formdata", ({ formData }) => {
  const uids = everything() ? [] : formData.getAll("image");
  formData.delete("image");
  if (uids.length) formData.set("image", uids.join(" "));
});

form.addEventListener("change", (event) => event.target.name === "image" && pick(event.target.closest(".tile"), event.target.checked));

/* While something is chosen, a click on a picture chooses too. */
form.addEventListener(
  "click",
  (event) => {
    const tile = event.target.closest(".tile");
    const opens = event.target.closest(".tile > a");
    if (!tile || event.target.closest(".over") || event.ctrlKey || event.metaKey) return;
    if (event.shiftKey || (opens && form.hasAttribute("data-picking"))) {
      event.preventDefault();
      event.stopPropagation();
      if (event.shiftKey) range(tile);
      else pick(tile);
    }
  },
  true,
);

document.addEventListener("htmx:after:swap", () => {
  if (everything()) for (const tile of tiles()) box(tile).checked = true;
  form.toggleAttribute("data-picking", chosen().length > 0);
});

/* --- a frame --- */

const place = (event) => ({ x: event.clientX, y: event.clientY + wall.scrollTop });

wall.addEventListener("dragstart", (event) => event.preventDefault());
wall.addEventListener("pointerdown", (down) => {
  if (down.button || down.pointerType !== "mouse" || down.target.closest("button, label, h2 a, .next, .newer")) return;
  if (down.offsetX > wall.clientWidth) return; // its scroll bar
  const start = place(down);
  const before = new Set(down.shiftKey ? chosen() : []);
  let frame = null;
  let boxes = [];

  const move = (event) => {
    const now = place(event);
    if (!frame && Math.hypot(now.x - start.x, now.y - start.y) < NEAR) return;
    if (!frame) {
      frame = document.createElement("div");
      frame.className = "frame";
      form.append(frame);
      boxes = tiles().map((tile) => [tile, tile.getBoundingClientRect(), wall.scrollTop]);
    }
    follow(event);
    const area = { left: Math.min(start.x, now.x), right: Math.max(start.x, now.x), top: Math.min(start.y, now.y), bottom: Math.max(start.y, now.y) };
    draw(frame, area);
    for (const [tile, at, scrolled] of boxes) {
      const inside = at.left < area.right && at.right > area.left && at.top + scrolled < area.bottom && at.bottom + scrolled > area.top;
      box(tile).checked = inside || before.has(tile);
    }
    show();
  };
  const up = () => {
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", up);
    removeEventListener("pointercancel", up);
    if (!frame) return;
    frame.remove();
    last = chosen().at(-1) ?? null;
    addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", swallow, true));
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", up);
  addEventListener("pointercancel", up);
});

function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}

function follow(event) {
  const { top, bottom } = wall.getBoundingClientRect();
  if (event.clientY < top + EDGE) wall.scrollTop -= EDGE / 3;
  else if (event.clientY > bottom - EDGE) wall.scrollTop += EDGE / 3;
}

function draw(frame, area) {
  const home = form.getBoundingClientRect();
  frame.style.left = `${area.left - home.left}px`;
  frame.style.top = `${area.top - wall.scrollTop - home.top}px`;
  frame.style.width = `${area.right - area.left}px`;
  frame.style.height = `${area.bottom - area.top}px`;
}

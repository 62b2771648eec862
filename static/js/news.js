// Newer pictures: the page asks now and then, says how many there are, and puts them where they belong when it is told to.
// Whoever reads on, or works by keyboard, stays where they are.

import { tiles } from "./picking.js";
import { headers, send, tell } from "./send.js";

const USUAL = 15_000; // between two looks
const IDLE = 60_000; // where nobody has moved for
const STILL = 120_000;
const LONGEST = 300_000; // between two tries when the studio does not answer
const MOST = 60; // pictures that the page lists

const place = document.getElementById("news");
const form = document.getElementById("selection");
const wall = document.getElementById("wall");
const number = (tile) => Number(tile.dataset.number);
const goesOn = () => wall.querySelector(".next");

/* What the page was told of, from which picture on, and which ones it shows. */
function tag() {
  const all = tiles();
  const newest = all.slice(0, MOST).map(number);
  const oldest = goesOn() || all.length > MOST ? newest.at(-1) : 0;
  return `"${place.querySelector("[data-told]")?.dataset.told ?? 0};${oldest};${newest.join(" ")}"`;
}

/* --- when --- */

let moved = 0;
for (const kind of ["pointermove", "keydown", "wheel", "touchstart"])
  addEventListener(kind, () => (moved = performance.now()), { capture: true, passive: true });

let timer;
let failures = 0;
let signedOut = false;

function plan() {
  clearTimeout(timer);
  if (document.hidden || signedOut) return;
  const usual = performance.now() - moved > STILL ? IDLE : USUAL;
  timer = setTimeout(look, failures ? Math.min(USUAL * 2 ** failures, LONGEST) : usual);
}

/* Nothing while somebody chooses, and nothing where it could not tell what is new: the whole page has gone to the trash. */
function look() {
  if (form.hasAttribute("data-picking") || (goesOn() && !tiles().length)) return plan();
  place.dispatchEvent(new CustomEvent("news:look"));
}

document.addEventListener("visibilitychange", () => {
  if (!place) return;
  signedOut = false; // perhaps somebody comes back from signing in
  if (document.hidden) plan();
  else look();
});

place?.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  ctx.request.headers["If-None-Match"] = tag();
});
place?.addEventListener("htmx:before:response", (event) => {
  const { status } = event.detail.ctx.response.raw;
  signedOut = status === 401;
  failures = status >= 400 ? failures + 1 : 0;
  if (failures) event.preventDefault(); // nobody asked, so nobody is told
});
place?.addEventListener("htmx:error", () => (failures += 1));
place?.addEventListener("htmx:finally:request", plan);

/* --- what --- */

place?.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays among the pictures
place?.addEventListener("click", async (event) => {
  const way = event.target.closest("a");
  if (event.target.closest("[data-top]")) return void rise();
  if (!way || event.ctrlKey || event.metaKey || event.shiftKey || !tiles().length) return;
  event.preventDefault();
  const answer = await send(way.href, { headers: { ...headers(), "HX-Request": "true" } }).catch(() => null);
  if (!answer) return tell(form.dataset.lost);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!answer.ok || !meets(page)) location.href = way.href;
  else put(page, way);
});

/* Otherwise there are pictures between what came and what is there. */
function meets(page) {
  const last = [...page.querySelectorAll(".tile")].at(-1);
  return last && (!page.querySelector(".next") || number(last) <= Math.max(...tiles().map(number)));
}

function put(page, way) {
  const eye = wall.scrollTop > 0 ? looked() : null;
  const before = eye?.getBoundingClientRect().top;
  const fresh = [...page.querySelectorAll(".grid")].flatMap(join);
  wall.style.overflowAnchor = "none"; // or the browser would do the same once more
  if (eye) wall.scrollTop += eye.getBoundingClientRect().top - before;
  wall.style.overflowAnchor = "";
  const held = document.activeElement === way;
  const up = eye ? place.querySelector("[data-top]") : null;
  place.replaceChildren(...[up].filter(Boolean));
  if (up) up.hidden = false;
  if (held) (up ?? fresh[0]?.querySelector("a"))?.focus({ preventScroll: true });
}

/* The picture that somebody is at, or the first in sight. */
function looked() {
  const { top, bottom } = wall.getBoundingClientRect();
  const seen = (tile) => tile && tile.getBoundingClientRect().bottom > top && tile.getBoundingClientRect().top < bottom;
  const here = document.activeElement?.closest("#wall .tile");
  return seen(here) ? here : tiles().find(seen);
}

/* A day with what is new of it; the rest of it is there. */
function join(grid) {
  const ours = document.getElementById(grid.id) ?? begin(grid);
  let last = null;
  return [...grid.children].filter((tile) => {
    const there = document.getElementById(tile.id);
    if (!there && last) last.after(tile);
    else if (!there) ours.prepend(tile);
    last = there ?? tile;
    return !there;
  });
}

function begin(grid) {
  const day = grid.cloneNode();
  const older = [...wall.querySelectorAll(".grid")].find((one) => one.id < grid.id)?.previousElementSibling ?? goesOn();
  for (const part of [grid.previousElementSibling, day]) wall.insertBefore(part, older);
  return day;
}

function rise() {
  wall.scrollTop = 0;
  place.replaceChildren();
  tiles()[0]?.querySelector("a").focus({ preventScroll: true });
}

/* Whoever goes there needs no button for it. */
wall.addEventListener("scroll", () => wall.scrollTop === 0 && place?.querySelector("[data-top]:not([hidden])") && place.replaceChildren(), { passive: true });

if (place) plan();

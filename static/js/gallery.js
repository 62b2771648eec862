// The gallery's manners: everything here only adds. Without it there are links, boxes to tick and buttons that send a form.

import "./judge.js";
import { keys } from "./keys.js";
import "./news.js";
import { chosen, clear, pick, pointed, range, show, tiles, uid } from "./picking.js";
import { headers, send as deliver, tell, told } from "./send.js";

const form = document.getElementById("selection");
const wall = document.getElementById("wall");
const YEAR = 365 * 24 * 3600;

const picture = (tile) => tile.querySelector("a img:not(.hint)");
const link = (tile) => tile.querySelector(":scope > a");

/* --- size of the tiles --- */

document.querySelector("[data-row]")?.addEventListener("input", ({ target }) => {
  form.style.setProperty("--row", `${target.value}px`);
  document.cookie = `row=${target.value}; path=/; max-age=${YEAR}; samesite=lax`;
});

/* --- the blurred picture goes when the sharp one is there: some have holes --- */

wall.addEventListener("load", (event) => event.target.previousElementSibling?.matches(".hint") && event.target.previousElementSibling.remove(), true);
for (const image of wall.querySelectorAll(".hint + img")) if (image.complete && image.naturalWidth) image.previousElementSibling.remove();

/* --- the picture under the pointer, or with the focus: four actions on it, and a line about it --- */

const over = document.getElementById("over")?.content.firstElementChild.cloneNode(true);
const words = document.querySelector("[data-words]");
const facts = document.querySelector("[data-line]");
let here = null;

function stand(tile) {
  if (!tile || tile === here) return;
  here = tile;
  if (over) {
    tile.append(over);
    over.querySelector("[data-star]").setAttribute("aria-pressed", String(starred(tile)));
  }
  if (words) words.textContent = picture(tile).alt;
  if (facts) facts.textContent = [tile.dataset.facts, author(tile)].filter(Boolean).join(" · ");
}

/* By the menu of people; somebody who has left the team is not in it. */
const author = (tile) => document.querySelector(`#f-person [value="${tile.dataset.user}"]`)?.textContent;

for (const kind of ["pointerover", "focusin"]) wall.addEventListener(kind, (event) => stand(event.target.closest(".tile")));

/* --- the month in sight, in the way to other dates --- */

const dates = document.querySelector(".dates");
let asked = false;

function follow() {
  asked = false;
  const top = wall.getBoundingClientRect().top + 60;
  const grid = [...wall.querySelectorAll(".grid")].find((one) => one.getBoundingClientRect().bottom > top);
  const month = grid && dates.querySelector(`a:not(.year)[href*="at=${grid.id.slice(4, 11)}-"]`);
  if (!month) return;
  dates.querySelector("[aria-current]")?.removeAttribute("aria-current");
  month.setAttribute("aria-current", "true");
}
if (dates)
  wall.addEventListener("scroll", () => {
    if (!asked) requestAnimationFrame(follow);
    asked = true;
  }, { passive: true });

/* --- marks --- */

const starred = (tile) => Boolean(tile.querySelector(".badge.starred"));

function drawStar(tile, on) {
  if (on === starred(tile)) return;
  if (on) tile.querySelector(".badges").prepend(document.getElementById("star").content.cloneNode(true));
  else tile.querySelector(".badge.starred").remove();
  if (tile === here) over?.querySelector("[data-star]").setAttribute("aria-pressed", String(on));
}

const rated = (tile) => Number(tile.querySelector(".badge.rated [data-n]")?.textContent ?? 0);

function drawRating(tile, rating) {
  tile.querySelector(".badge.rated")?.remove();
  if (!rating) return;
  const badge = document.getElementById("rated").content.cloneNode(true);
  badge.querySelector("[data-n]").textContent = rating;
  const star = tile.querySelector(".badge.starred");
  if (star) star.after(badge);
  else tile.querySelector(".badges").prepend(badge);
}

async function mark(tile, change) {
  const body = new URLSearchParams(change);
  const answer = await deliver(`/images/${uid(tile)}/mark/`, { method: "POST", headers: { ...headers(), "HX-Request": "true" }, body }).catch(() => null);
  if (!answer) tell(form.dataset.lost);
  else if (await told(answer)) document.dispatchEvent(new CustomEvent("marked", { detail: { uid: uid(tile), ...change } }));
}
const star = (tile) => mark(tile, { starred: starred(tile) ? "off" : "on" });

document.addEventListener("marked", ({ detail }) => {
  const tile = document.getElementById(`i-${detail.uid}`);
  if (tile && detail.starred) drawStar(tile, detail.starred === "on");
  if (tile && detail.rating) drawRating(tile, Number(detail.rating));
});

/* --- what the buttons do --- */

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button || !form) return;
  if ("clear" in button.dataset) clear();
  if ("star" in button.dataset) star(here);
  if ("reference" in button.dataset) window.htmx.ajax("POST", button.dataset.reference, { source: document.body, swap: "none", values: { image: uid(here) } });
  if ("choose" in button.dataset) pick(here);
  if ("more" in button.dataset) fill(document.getElementById("more-menu"), here, button);
  if ("discard" in button.dataset) discard(here);
});

/* One menu for all pictures, beside the button that opened it. */
function fill(menu, tile, button) {
  for (const entry of menu.querySelectorAll("[data-to]"))
    entry.href = entry.dataset.to.replace("{image}", uid(tile)).replace("{generation}", tile.dataset.generation);
  menu.querySelector("[data-discard]")?.toggleAttribute("hidden", !bin());
  for (const entry of menu.querySelectorAll("[data-opened]")) entry.hidden = !tile.querySelector(".badge.approved");
  const at = button.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(at.right, innerWidth - 8) - 220)}px`;
  menu.style.top = at.bottom + 240 > innerHeight ? "auto" : `${at.bottom + 4}px`;
  menu.style.bottom = at.bottom + 240 > innerHeight ? `${innerHeight - at.top + 4}px` : "auto";
}

/* A filter's menu opens below its button. */
document.addEventListener("beforetoggle", (event) => {
  const button = event.newState === "open" && document.querySelector(`[data-menu][popovertarget="${event.target.id}"]`);
  if (!button) return;
  const at = button.getBoundingClientRect();
  event.target.style.left = `${Math.max(8, Math.min(at.left, innerWidth - 288))}px`;
  event.target.style.top = `${at.bottom + 4}px`;
}, true);

/* Everything but a download happens without leaving the page. */
form.addEventListener("submit", (event) => {
  const address = event.submitter?.getAttribute("formaction") ?? form.getAttribute("action");
  if (address.endsWith("/zip/")) return;
  event.preventDefault();
  const values = new FormData(form, event.submitter);
  if ("collect" in event.submitter.dataset) return void whereTo(address, values);
  menu?.hidePopover();
  send(address, values);
});

const menu = document.getElementById("collect");

async function whereTo(address, values) {
  await window.htmx.ajax("POST", address, { source: document.body, target: menu, swap: "innerHTML", values: Object.fromEntries(values) });
  menu.showPopover();
}

/* Only what the studio has done is drawn; otherwise the choice stays, and the page says why. */
async function send(address, values, these = chosen()) {
  const next = beside(these);
  if (!(await done(address, values))) return;
  if (address.endsWith("/star/")) for (const tile of these) drawStar(tile, true);
  clear();
  sweep();
  if (next && these.some((tile) => !tile.isConnected)) go(next);
}

async function done(address, values) {
  let answer = null;
  const hear = ({ detail: { ctx } }) => ctx.sourceElement === document.body && (answer = ctx.response.raw);
  document.addEventListener("htmx:after:request", hear);
  await window.htmx.ajax("POST", address, { source: document.body, swap: "none", values: Object.fromEntries(values) });
  document.removeEventListener("htmx:after:request", hear);
  if (!answer) tell(form.dataset.lost);
  return answer?.ok;
}

/* The picture that is looked at once these are gone. */
function beside(these) {
  const all = tiles();
  const at = all.indexOf(these.at(-1));
  return [...all.slice(at + 1), ...all.slice(0, Math.max(0, at)).reverse()].find((tile) => !these.includes(tile));
}

/* A day without pictures has no heading either. */
function sweep() {
  for (const grid of wall.querySelectorAll(".day + .grid:empty")) {
    grid.previousElementSibling.remove();
    grid.remove();
  }
}
document.addEventListener("lightbox:closed", sweep);

/* The menu of a picture is about that one, whatever else is chosen. */
const bin = () => form.querySelector("[data-trash]");
const discard = (tile) => send(bin().getAttribute("formaction"), new URLSearchParams({ image: uid(tile) }), [tile]);

menu?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("input")) return;
  event.preventDefault();
  event.target.closest(".between").querySelector("button").click();
});

function compare() {
  const two = chosen();
  const way = form.querySelector("[data-compare]");
  if (two.length === 2 && way) location.href = `${way.dataset.compare}?a=${uid(two[1])}&b=${uid(two[0])}`;
  else pick(here);
}
form.querySelector("[data-compare]")?.addEventListener("click", compare);

/* --- keys --- */

const focused = () => document.activeElement?.closest(".tile") ?? here;
const stars = form.querySelector("[formaction$='/star/']");
const on = (act) => () => (focused() ? act(focused()) : false);

function go(tile) {
  link(tile)?.focus();
  tile?.scrollIntoView({ block: "nearest" });
}

const aside = (by) => () => {
  const all = tiles();
  const next = all[Math.max(0, Math.min(all.indexOf(focused()) + by, all.length - 1))];
  return next ? go(next) : false;
};

/* The nearest one in the next row: tiles are of any width. */
const across = (by) => () => {
  const from = focused();
  if (!from) return aside(1)();
  const at = from.getBoundingClientRect();
  const middle = (at.left + at.right) / 2;
  const all = tiles();
  const line = by > 0 ? all.slice(all.indexOf(from) + 1) : all.slice(0, all.indexOf(from)).reverse();
  let best = null;
  let row = null;
  for (const tile of line) {
    const there = tile.getBoundingClientRect();
    if (Math.abs(there.top - at.top) < 4) continue;
    row ??= there.top;
    if (Math.abs(there.top - row) > 4) break;
    const off = Math.abs((there.left + there.right) / 2 - middle);
    if (!best || off < best.off) best = { tile, off };
  }
  return best ? go(best.tile) : false;
};

keys({
  ArrowLeft: aside(-1),
  ArrowRight: aside(1),
  ArrowUp: across(-1),
  ArrowDown: across(1),
  Space: (event) => (event.target.closest("button, label, input") ? false : on((tile) => link(tile).click())()),
  x: on((tile) => pick(tile)),
  X: on(range),
  f: on((tile) => (!stars ? false : chosen().length ? form.requestSubmit(stars) : star(tile))),
  c: on(() => (over ? compare() : false)),
  e: on((tile) => (form.dataset.reuse ? (location.href = form.dataset.reuse.replace("{generation}", tile.dataset.generation)) : false)),
  Delete: () => (!bin() ? false : chosen().length ? form.requestSubmit(bin()) : pointed() ? discard(pointed()) : false),
  Escape: () => clear(),
  ...Object.fromEntries([1, 2, 3, 4, 5].map((rating) => [rating, on((tile) => (over ? mark(tile, { rating: String(rated(tile) === rating ? 0 : rating) }) : false))])),
});

show();

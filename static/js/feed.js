// The feed keeps itself up to date: one poll for the whole page, clocks that tick, and a title that tells a hidden tab.
// Without it the feed is a plain page with a link to refresh it.

import { keys } from "./keys.js";
import { tell } from "./send.js";

const QUICK = 1750; // while something runs
const SLOW = 15_000; // while only others could start something, and in a hidden tab
const LONGEST = 60_000; // between two tries when the studio does not answer
const LONG = 4; // times what is usual, as in generations/compose/cards/card.py
const MOST = 100; // older cards that are watched

const find = (id) => document.getElementById(id);
const cards = () => [...document.querySelectorAll("#cards > .card")];
const number = (card) => Number.parseInt(card.dataset.state, 10);
const running = () => cards().filter((card) => card.dataset.live === "running");

/* What the page shows. The server compares, and answers 304 or with what is different. */
function tag() {
  const window = Number(find("feed").dataset.window);
  const all = cards().sort((one, other) => number(other) - number(one));
  const states = (some) => some.map((card) => card.dataset.state).join(" ");
  const older = all.slice(window).filter((card) => card.dataset.live);
  const { running, waiting } = find("feed-status").dataset;
  return `"${states(all.slice(0, window))};${states(older.slice(-MOST))};${running}.${waiting}"`;
}

/* When to look again; null: not before something happens. */
let failures = 0;
let signedOut = false;

function pause() {
  const feed = find("feed");
  if (!feed || signedOut) return null;
  if (failures) return Math.min(QUICK * 2 ** failures, LONGEST);
  const { running, waiting } = find("feed-status").dataset;
  if (Number(running) + Number(waiting)) return document.hidden ? SLOW : QUICK;
  if (document.hidden) return null;
  return feed.dataset.whose === "team" || cards().some((card) => card.dataset.live) ? SLOW : null;
}

let timer;
function plan() {
  clearTimeout(timer);
  const wait = pause();
  if (wait !== null) timer = setTimeout(look, wait);
}

function look() {
  clearTimeout(timer);
  const poll = find("feed-poll");
  if (poll && !signedOut) poll.dispatchEvent(new CustomEvent("feed:poll"));
}

const isPoll = (event) => event.detail?.ctx?.sourceElement?.id === "feed-poll";

document.addEventListener("htmx:config:request", (event) => {
  if (isPoll(event)) event.detail.ctx.request.headers["If-None-Match"] = tag();
});
document.addEventListener("htmx:before:response", (event) => {
  if (!isPoll(event)) return;
  const answer = event.detail.ctx.response.raw;
  signedOut = answer.status === 401;
  failures = answer.status >= 400 ? failures + 1 : 0;
  if (signedOut || failures) event.preventDefault(); // nobody asked, so nobody is told by a toast
  say(signedOut ? "out" : failures ? "lost" : "");
});
document.addEventListener("htmx:error", (event) => {
  if (!isPoll(event)) return;
  failures += 1;
  say("lost");
});
document.addEventListener("htmx:finally:request", (event) => {
  if (isPoll(event)) plan();
});
document.addEventListener("htmx:after:swap", () => {
  if (!find("feed")) return;
  choose();
  pair();
  told();
  tick();
  plan();
});
document.addEventListener("feed:changed", look);

/* What is chosen stands in the address, so that it survives a reload and can be passed on. */
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (ctx.target?.id === "feed" && location.pathname === "/") history.replaceState(history.state, "", find("feed").dataset.address);
});

/* A card that is drawn anew keeps the mark of the image beside it in the inspector. */
function choose() {
  const uid = document.querySelector("#inspector [data-inspected]")?.dataset.inspected;
  const link = uid && document.querySelector(`#cards .tile > a[href*="${uid}"]`);
  link?.parentElement.classList.add("chosen");
}

/* The status line says when it cannot know better. */
function say(trouble) {
  const status = find("feed-status");
  status.dataset.trouble = trouble;
  const text = find("feed").dataset[trouble];
  status.querySelector(".trouble").textContent = trouble ? text : "";
}

/* Clocks go on from what the server said, so that nobody's own clock matters. */
const begun = new WeakMap();
function tick() {
  for (const clock of document.querySelectorAll("[data-clock]")) {
    const known = begun.get(clock);
    const said = clock.dataset.clock;
    if (known?.said !== said) begun.set(clock, { said, at: performance.now() });
    const now = Number(said) + (performance.now() - begun.get(clock).at) / 1000;
    clock.textContent = elapsed(now);
    const usual = clock.parentElement.querySelector("[data-usual]");
    if (usual && now > LONG * Number(usual.dataset.usual)) usual.textContent = usual.dataset.long;
  }
}

function elapsed(seconds) {
  const two = (figure) => String(Math.floor(figure)).padStart(2, "0");
  const minutes = two((seconds / 60) % 60);
  return seconds < 3600 ? `${minutes}:${two(seconds % 60)}` : `${Math.floor(seconds / 3600)}:${minutes}:${two(seconds % 60)}`;
}
setInterval(() => document.hidden || tick(), 1000);

/* The title: how many run, and a mark when something has ended while nobody looked. */
const title = document.title;
let before = new Set();
let ended = false;

function told() {
  const now = new Set(running().map((card) => card.id));
  if (document.hidden && [...before].some((id) => !now.has(id))) ended = true;
  if (!document.hidden) ended = false;
  before = now;
  const { running: sent, waiting } = find("feed-status").dataset;
  const count = Number(sent) + Number(waiting);
  document.title = `${ended ? "● " : ""}${count ? `(${count}) ` : ""}${title}`;
}

document.addEventListener("visibilitychange", () => {
  if (!find("feed")) return;
  told();
  signedOut = false; // perhaps somebody comes back from signing in
  if (document.hidden) plan();
  else look();
});

if (find("feed")) {
  told();
  tick();
  plan();
}

/* Keys: about the picture one is at, and else about the one in the inspector. The list of them is templates/compose/_keys.html. */
const pictures = () => [...document.querySelectorAll("#cards .tile > a")];
const here = () => document.activeElement.closest?.("#cards .tile") ?? document.querySelector("#cards .tile.chosen");

function press(found) {
  found?.click();
  return Boolean(found);
}

function step(by) {
  const all = pictures();
  const next = all[all.indexOf(here()?.querySelector("a")) + by];
  if (!next || document.activeElement.closest?.("#composer, #inspector")) return false;
  next.focus();
  return true;
}

/* Nothing happens to what nobody points at. */
const pointed = () => {
  const tile = document.activeElement.closest?.("#cards .tile") ?? document.querySelector("#cards .tile:hover");
  return tile?.querySelector("[data-mark]") ? tile : null;
};
const uid = (tile) => tile.querySelector("[data-mark]")?.dataset.mark;

/* The next picture is looked at before this one has gone: its element stays when the card is drawn anew. */
function discard() {
  const [form, tile] = [find("discard"), pointed()];
  if (!form || !tile) return false;
  const all = pictures();
  const at = all.indexOf(tile.querySelector("a"));
  (all[at + 1] ?? all[at - 1] ?? tile.closest(".card").querySelector(".prompt a")).focus();
  form.elements.image.value = uid(tile);
  return form.requestSubmit();
}
document.addEventListener("htmx:after:request", ({ target, detail: { ctx } }) => {
  if (target.id === "discard" && ctx.response.raw.ok) look();
});

/* Two are compared: the first one waits for the other. */
let first = "";

function pair() {
  for (const tile of document.querySelectorAll("#cards .tile")) tile.classList.toggle("paired", Boolean(first) && uid(tile) === first);
}

function compare() {
  const tile = pointed();
  if (!tile) return false;
  const one = first;
  first = one ? "" : uid(tile);
  pair();
  if (!one) return tell(find("feed").dataset.first, "info");
  return one === uid(tile) || (location.href = `${find("feed").dataset.compare}?a=${one}&b=${uid(tile)}`);
}

function forget() {
  if (!first) return false;
  first = "";
  return pair();
}

keys({
  "/": () => (document.querySelector("#feed [role=search] input").select(), true),
  ArrowRight: () => step(1),
  ArrowLeft: () => Boolean(here()) && step(-1),
  Space: () => press(document.activeElement.closest?.("#cards .tile > a")),
  f: () => press(here()?.querySelector("button.star")),
  e: () => press(here()?.querySelector("[data-reuse]")),
  E: () => press(here()?.closest(".card").querySelector("[data-again] button")),
  c: compare,
  Delete: discard,
  Escape: forget,
});

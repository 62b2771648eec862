// References of the composer: dropped, pasted, picked, taken from a library, mended.

import "./lane-drag.js";
import { changed, complain, drop, figures, form, items, lane, list, mark, model, move, order, say } from "./lane.js";
import { headers, renewed } from "./send.js";

const AT_ONCE = 3;
const SOON = 1000;
const TRIES = 8; // while the studio is busy
const BREAKS = 3; // of a line, which may also be how a busy studio refuses a large file
const MEGABYTE = 1024 * 1024;
const OWN = /\/images\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\//;

/* --- the composer is drawn anew while somebody works on the list --- */

document.addEventListener("htmx:config:request", (event) => {
  if (lane()) event.detail.ctx.order = order().join(); // as this request says it
});
document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = event.detail;
  if (lane() && ctx.order !== undefined && ctx.order !== order().join()) ctx.newer = items();
});
document.addEventListener("htmx:after:swap", (event) => {
  if (!lane()) return;
  const { newer } = event.detail.ctx;
  for (const gift of [...underway, ...waiting]) attach(gift);
  mark();
  if (!newer) return;
  const drawn = new Map(items().map((item) => [item.dataset.ref, item]));
  list().replaceChildren(...newer.map((item) => drawn.get(item.dataset.ref) ?? item));
  changed();
});

/* --- what somebody gives: at most a few at once, each with its progress --- */

const turns = new Map(); // several arrive in any order, and stand in the order they were given
let turn = 0;
const waiting = new Set();
const underway = new Set();

function give(fields, name, { picture, instead } = {}) {
  const gift = { fields, name, picture, instead, turn: ++turn, tile: instead ?? model("data-tile") };
  if (picture) show(gift);
  if (instead) instead.classList.add("coming");
  else gift.tile.querySelector("[data-stop]").addEventListener("click", () => stop(gift));
  attach(gift);
  waiting.add(gift);
  next();
}

function show(gift) {
  const image = new Image();
  image.alt = "";
  image.src = gift.picture instanceof Blob ? URL.createObjectURL(gift.picture) : gift.picture;
  image.addEventListener("load", () => gift.picture instanceof Blob && URL.revokeObjectURL(image.src));
  image.addEventListener("error", () => image.remove());
  gift.tile.querySelector(".ref-face").append(image);
}

/** The server may have drawn the composer anew meanwhile. */
function attach(gift) {
  if (!gift.tile.isConnected && !gift.instead) lane().querySelector("[data-coming]").append(gift.tile);
}

function next() {
  for (const gift of waiting) {
    if (underway.size >= AT_ONCE) return;
    waiting.delete(gift);
    underway.add(gift);
    send(gift);
  }
}

function stop(gift) {
  clearTimeout(gift.later);
  waiting.delete(gift);
  gift.request?.abort();
  gift.tile.remove();
}

function body(gift) {
  const sent = new FormData();
  const filled = new FormData(form());
  for (const sha of filled.getAll("references")) sent.append("references", sha);
  sent.append("engine", filled.get("engine") ?? "");
  for (const [name, value] of Object.entries(gift.fields))
    if (value instanceof File) sent.append(name, value, value.name.slice(-200));
    else sent.append(name, value);
  return sent;
}

function send(gift) {
  const request = (gift.request = new XMLHttpRequest());
  const bar = gift.tile.querySelector("progress");
  request.open("POST", lane().dataset.url);
  request.setRequestHeader("X-Lane", "1");
  for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
  request.upload.addEventListener("progress", (event) => {
    attach(gift);
    if (bar && event.lengthComputable) bar.value = event.loaded / event.total;
  });
  // all of it is there, and is being looked at: nobody knows how long that takes
  request.upload.addEventListener("load", () => bar?.removeAttribute("value"));
  request.addEventListener("load", () => settle(gift, request));
  request.addEventListener("error", () => patient(gift, BREAKS) || fail(gift, say("Broken"), true));
  request.addEventListener("loadend", () => (underway.delete(gift), next()));
  request.send(body(gift));
}

function settle(gift, request) {
  const plain = request.getResponseHeader("Content-Type")?.startsWith("text/plain");
  if (request.status === 200) arrive(gift, request.responseText);
  else if (request.getResponseHeader("Retry-After") && patient(gift, TRIES)) return;
  else if (renewed(request.status, request.getResponseHeader("X-CSRFToken")) && patient(gift, TRIES)) return;
  else if (request.status === 401) fail(gift, say("Out"), true);
  else if (request.status === 403) fail(gift, say("Stale"));
  else fail(gift, plain ? request.responseText : say("Broken"), !plain || request.status === 503);
}

/** Others are being served, or the line broke: it tries again, and not at the same moment as everybody else. */
function patient(gift, most) {
  gift.tries = (gift.tries ?? 0) + 1;
  if (gift.tries >= most) return false;
  gift.later = setTimeout(() => (waiting.add(gift), next()), SOON * gift.tries * (0.5 + Math.random()));
  return true;
}

function arrive(gift, html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const item = holder.content.firstElementChild;
  const twin = items().find((one) => one.dataset.ref === item.dataset.ref && one !== gift.instead);
  if (twin) return fail(gift, say("Twice", { n: items().indexOf(twin) + 1 }));
  if (gift.instead?.isConnected) gift.instead.replaceWith(item);
  else list().insertBefore(item, items().find((one) => turns.get(one.dataset.ref) > gift.turn) ?? null);
  if (!gift.instead) gift.tile.remove();
  turns.set(item.dataset.ref, gift.turn);
  changed();
}

function fail(gift, sentence, again) {
  if (gift.instead) gift.tile.classList.remove("coming");
  else gift.tile.remove();
  complain(gift.name, sentence, again && (() => give(gift.fields, gift.name, gift)));
}

/* --- where it comes from --- */

function addFiles(files) {
  const { engine, most, cap } = lane().dataset;
  lane().querySelector("[data-faults]").replaceChildren();
  const room = engine ? most - items().length - underway.size - waiting.size : Infinity;
  if (engine && +most === 0) return complain("", say("None", { engine }));
  for (const file of files.slice(0, Math.max(0, room)))
    if (file.size > cap) complain(file.name, say("Heavy", { has: megabytes(file.size), most: megabytes(cap) }));
    else give({ file }, file.name, { picture: file });
  if (files.length > room) complain("", say("Full", { engine, most, count: files.length - Math.max(0, room) }));
}

function addLink(address) {
  const own = address.startsWith(location.origin) && address.match(OWN);
  if (own) give({ image: own[1] }, "", { picture: `/images/${own[1]}/320.webp` });
  else give({ link: address }, address.length > 60 ? `${address.slice(0, 59)}…` : address);
}

/** As the server counts: whole figures stay whole, and one byte too much never reads like the limit. */
function megabytes(size) {
  const tenths = Math.ceil((size * 10) / MEGABYTE);
  return tenths % 10 ? `${(tenths / 10).toFixed(1)} MB` : `${tenths / 10} MB`;
}

const editable = (target) => target.closest?.("input:not([type=file]), textarea, [contenteditable]");
const pictures = (files) => [...files].filter((file) => file.type.startsWith("image/") || !file.type);

document.addEventListener("paste", (event) => {
  if (!lane() || document.querySelector("dialog:modal")) return;
  const text = event.clipboardData.getData("text/plain").trim();
  const files = pictures(event.clipboardData.files);
  if (editable(event.target) && text) return;
  if (files.length) addFiles(files);
  else if (/^https?:\/\/\S+$/.test(text)) addLink(text);
  else return;
  event.preventDefault();
});

const carries = (event) => {
  const kinds = event.dataTransfer?.types ?? [];
  return lane() && (kinds.includes("Files") || (kinds.includes("text/uri-list") && !editable(event.target)));
};
for (const kind of ["dragenter", "dragover"])
  document.addEventListener(kind, (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    lane().classList.add("over");
  });
document.addEventListener("dragleave", (event) => event.relatedTarget || lane()?.classList.remove("over"));
document.addEventListener("drop", (event) => {
  lane()?.classList.remove("over");
  if (!carries(event)) return;
  event.preventDefault();
  const link = event.dataTransfer.getData("text/uri-list").split("\n")[0].trim();
  const files = [...event.dataTransfer.files];
  if (files.length && !OWN.test(link)) addFiles(files);
  else if (link) addLink(link);
});

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-pick]")) return;
  event.stopPropagation();
  addFiles([...event.target.files]);
  event.target.value = "";
});
document.addEventListener("input", (event) => event.target.name === "images" && lane() && event.target.form === form() && figures());

function follow() {
  const field = lane().querySelector("[data-address]");
  const address = field.value.trim();
  if (!address) return;
  field.value = "";
  field.closest("[popover]").hidePopover();
  addLink(address);
}

/** “Use as reference”, wherever it stands beside a composer. */
document.addEventListener("submit", (event) => {
  const given = event.target.closest("form[data-reference]");
  if (!given || !lane()) return;
  event.preventDefault();
  event.stopPropagation();
  const fields = Object.fromEntries([...new FormData(given)].filter(([name]) => ["image", "reference"].includes(name)));
  const twin = items().find((item) => item.dataset.ref === fields.reference);
  if (twin) return drop(twin);
  give(fields, given.dataset.reference, { picture: given.querySelector("img")?.src });
}, true);

/* --- the library --- */

function browse(address) {
  const dialog = document.getElementById("library") ?? document.createElement("dialog");
  Object.assign(dialog, { id: "library", className: "dialog library-dialog" });
  document.body.append(dialog);
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  htmx.ajax("GET", address, { target: dialog, swap: "innerHTML" }).then(() => dialog.open || dialog.showModal());
}

/* --- keys --- */

document.addEventListener("keydown", (event) => {
  if (event.target.matches?.("[data-address]") && event.key === "Enter") return event.preventDefault(), follow();
  const item = event.target.closest?.("[data-ref]");
  if (!item || editable(event.target)) return;
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (by && event.altKey) {
    event.preventDefault();
    move(item, by);
    event.target.focus();
  } else if (event.target.matches("[data-face]") && ["Delete", "Backspace"].includes(event.key)) {
    event.preventDefault();
    drop(item);
  }
});

/* --- buttons --- */

const BUTTONS = {
  "[data-drop]": (button) => drop(button.closest("[data-ref]")),
  "[data-move]": (button) => (move(button.closest("[data-ref]"), +button.dataset.move), button.focus()),
  "[data-follow]": follow,
  "[data-forget]": (button) => button.closest("li").remove(),
  "[data-library]": (link) => browse(link.href),
  "#library [data-close]": (button) => button.closest("dialog").close(),
  "[data-end]": choose,
  "[data-mend]": mend,
};

document.addEventListener("click", (event) => {
  if (!lane() || event.ctrlKey || event.metaKey) return;
  for (const [selector, act] of Object.entries(BUTTONS)) {
    const button = event.target.closest(selector);
    if (button) return event.preventDefault(), act(button);
  }
});

/** Which part stays when it is cut; the drawing follows. */
function choose(button) {
  for (const one of button.parentElement.children) one.setAttribute("aria-pressed", String(one === button));
  const part = { start: "xMinYMin", middle: "xMidYMid", end: "xMaxYMax" }[button.dataset.end];
  button.closest(".ref-mend").querySelector("image").setAttribute("preserveAspectRatio", `${part} slice`);
}

function mend(button) {
  const item = button.closest("[data-ref]");
  const end = item.querySelector("[data-end][aria-pressed=true]")?.dataset.end ?? "middle";
  item.querySelector("[popover]").hidePopover();
  give({ [button.dataset.mend]: item.dataset.ref, end }, item.dataset.name, { instead: item });
}

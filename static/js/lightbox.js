// One image, large: over the page it was opened from, or as a page of its own. Links stay links: what is done here is only quicker.

import "./marks.js";
import "./talk.js";
import { sharpen, word, zoomable } from "./zoom.js";

const IMAGE = /^\/images\/[0-9a-f-]{36}\/$/;
const NEIGHBOURS = 2; // pictures on each side that are fetched before they are asked for
const wide = matchMedia("(min-width: 768px)");

const find = (selector, within = document) => within.querySelector(selector);
const inspector = () => find("#inspector");
const inSight = (element) => Boolean(element?.offsetParent ?? (element && getComputedStyle(element).position === "fixed" && element.offsetWidth));
const plainClick = (event) => event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
const ownPage = find("main[data-lightbox-host]"); // then there is nothing behind it

/* --- the window over the page --- */

let host = ownPage;
let opener = null; // where the keyboard goes back to
let behind = ""; // the address of the page that it covers
let depth = 0; // how far our own history goes

function makeHost() {
  const made = document.createElement("dialog");
  made.className = "over-all";
  made.tabIndex = -1;
  made.setAttribute("aria-modal", "true");
  made.dataset.lightboxHost = "";
  document.body.append(made);
  return made;
}

const isOpen = () => Boolean(host && (ownPage || host.open));
const page = () => [...document.body.children].filter((child) => child !== host && !child.matches(".toasts, script"));

async function open(address, { history: push = "push" } = {}) {
  host ??= makeHost();
  const first = !isOpen();
  if (first) {
    opener = document.activeElement;
    behind = location.href;
  }
  await window.htmx.ajax("GET", address, { target: host, swap: "innerHTML" });
  if (!find("[data-lightbox]", host)) return;
  if (first) {
    for (const part of page()) part.inert = true;
    host.show();
    depth = 0;
  }
  if (push === "push" && first) {
    history.pushState({ lightbox: true }, "", address);
    depth = 1;
  } else if (push) history.replaceState({ lightbox: true }, "", address);
  arrive();
}

function close({ back = true } = {}) {
  if (ownPage || !host?.open) return false;
  const uid = find("[data-lightbox]", host)?.dataset.uid;
  stage?.stop();
  host.close();
  host.replaceChildren();
  for (const part of page()) part.inert = false;
  document.title = titles.get(document) ?? document.title;
  if (back && depth) history.back();
  else if (back) history.replaceState(null, "", behind);
  depth = 0;
  const tile = uid && document.querySelector(`a[href*="/images/${uid}/"]`);
  const target = tile && inSight(tile) ? tile : opener;
  target?.focus({ preventScroll: false });
  document.dispatchEvent(new CustomEvent("lightbox:closed", { detail: { uid } }));
  return true;
}

window.addEventListener("popstate", () => {
  if (ownPage) return void location.reload();
  if (IMAGE.test(location.pathname) && history.state?.lightbox) return void open(location.href, { history: "" });
  close({ back: false });
});

/* --- what it shows --- */

const titles = new Map([[document, document.title]]);
let stage = null;

function arrive() {
  const root = find("[data-lightbox]", host);
  const picture = find("[data-large]", root);
  document.title = `${root.dataset.name} · Seedbed`;
  host.setAttribute("aria-label", find("h1", root).textContent);
  picture.dataset.originalSrc = find("[data-original]", root)?.getAttribute("href") ?? "";
  const clear = () => find(".hint", root.querySelector("[data-picture]"))?.remove();
  if (picture.complete) clear();
  else picture.addEventListener("load", clear, { once: true });
  picture.addEventListener("sharp", () => original(root));
  stage?.stop();
  stage = zoomable(find("[data-stage]", root), [find("[data-picture]", root)], {
    look: (seen) => word(find("[data-zoom-word]", root), seen),
    swipe: (way) => step(way > 0 ? "next" : "prev"),
  });
  const here = find(".dock [aria-current]", root);
  here?.scrollIntoView({ block: "nearest", inline: "center" });
  if (!ownPage && !host.contains(document.activeElement)) host.focus({ preventScroll: true });
  prepare(here);
}

/* The pictures beside it are fetched while this one is looked at. */
function prepare(here) {
  if (!here || navigator.connection?.saveData) return;
  const tiles = [...here.parentElement.children];
  const place = tiles.indexOf(here);
  for (const tile of tiles.slice(Math.max(0, place - NEIGHBOURS), place + NEIGHBOURS + 1)) {
    if (tile !== here) new Image().src = find("img", tile).src.replace("/320.webp", "/1280.webp");
  }
}

function original(root) {
  const link = find("[data-original]", root);
  link?.setAttribute("aria-current", "true");
  if (link) find("span", link).textContent = link.dataset.done;
}

function step(rel) {
  const link = find(`a[rel="${rel}"]`, host);
  if (link) open(link.href, { history: "replace" });
  return Boolean(link);
}

/* --- clicks --- */

/* Where there is room for an inspector it shows the image first; the second click, or one without an inspector, opens it large. */
document.addEventListener("click", (event) => {
  if (event.defaultPrevented || !plainClick(event)) return;
  const link = event.target.closest("a[href]");
  if (!link || link.origin !== location.origin || link.closest("[data-picking]")) return;
  if (host?.contains(link)) return void within(event, link);
  if ("inspect" in link.dataset && inspector() && wide.matches) return void (event.preventDefault(), inspect(link, link.href));
  if (!IMAGE.test(link.pathname)) return;
  event.preventDefault();
  if (inspector() && wide.matches && !inspector().contains(link) && shown() !== uidOf(link)) inspect(link);
  else open(link.href);
});

function within(event, link) {
  if ("close" in link.dataset) return void (close() && event.preventDefault());
  if ("original" in link.dataset) {
    event.preventDefault();
    return void sharpen(find("[data-large]", host));
  }
  if (IMAGE.test(link.pathname)) {
    event.preventDefault();
    open(link.href, { history: "replace" });
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.matches("[data-zoom]") && host?.contains(button)) stage.toggle();
  if (button?.matches("[data-info]")) information(button);
  if (button?.matches("[data-copy-text]")) copy(button);
  if (button?.matches("[data-inspector-close]")) forget();
});

function information(button) {
  const shown = button.closest("[data-lightbox]").toggleAttribute("data-informed");
  button.setAttribute("aria-expanded", String(shown));
}

async function copy(button) {
  await navigator.clipboard.writeText(find(`#${CSS.escape(button.dataset.copyText)}`).innerText);
  find("span", button).textContent = button.dataset.done;
}

/* --- the inspector --- */

const uidOf = (link) => link.pathname.split("/")[2];
const shown = () => inSight(inspector()) && find("[data-inspected]", inspector())?.dataset.inspected;
let asker = null; // the link that was followed
let resting = null; // what stands there while nothing is inspected

function inspect(link, address = `/images/${uidOf(link)}/inspector/${link.search}`) {
  asker = link;
  resting ??= [...inspector().childNodes];
  for (const tile of document.querySelectorAll(".tile.chosen")) tile.classList.remove("chosen");
  link.closest(".tile")?.classList.add("chosen");
  document.documentElement.dataset.open = "drawer"; // where it is no column
  return window.htmx.ajax("GET", address, { target: inspector(), swap: "innerHTML" });
}

function forget() {
  if (!resting) return false;
  const tile = find(".tile.chosen");
  tile?.classList.remove("chosen");
  delete document.documentElement.dataset.open;
  inspector().replaceChildren(...resting);
  resting = null;
  (tile ? find("a", tile) : asker)?.focus({ preventScroll: true });
  return true;
}

/* Arrows among the tiles move the inspector along, a little later: whoever runs through them wants to see the last one. */
let later;
document.addEventListener("focusin", (event) => {
  const link = event.target.closest?.(".tile a[href]");
  clearTimeout(later);
  if (!link || isOpen() || !inSight(inspector()) || inspector().contains(link) || !IMAGE.test(link.pathname)) return;
  if (!link.matches(":focus-visible") || shown() === uidOf(link)) return;
  later = setTimeout(() => inspect(link), 200);
});

/* Each re-run that was meant is a request of its own; only a second click at the same moment is not. */
document.addEventListener("htmx:after:request", (event) => {
  const form = event.target.closest?.("form[data-rerun]");
  if (form && event.detail.ctx.response.raw.ok) form.elements.key.value = number();
});

/* What went to the trash makes room for the next one. */
document.addEventListener("htmx:after:request", (event) => {
  const form = event.target.closest?.("form[data-discards]");
  if (!form || !event.detail.ctx.response.raw.ok) return;
  document.dispatchEvent(new CustomEvent("feed:changed"));
  if (!host?.contains(form)) forget();
  else step("next") || step("prev") || close() || press("a[data-close]")();
});

/* A number nobody else has; browsers keep randomUUID to pages that came by https. */
function number() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/* --- keys --- */

const press = (selector) => () => {
  const button = find(selector, host);
  button?.click();
  return Boolean(button);
};
/* They stand at the end of what is known of the image. */
const listKeys = () => {
  find("[data-lightbox]", host).setAttribute("data-informed", "");
  find(".keys-line", host)?.scrollIntoView({ block: "end" });
  return true;
};
/* A reason is typed beside what is known of the image, so that has to be in sight. */
const ask = (verdict) => () => {
  const box = find(`#large-${verdict}`, host);
  if (!box) return false;
  find("[data-lightbox]", host).setAttribute("data-informed", "");
  box.showPopover();
  find("textarea", box).focus();
  return true;
};
const keys = {
  Escape: () => close() || press("a[data-close]")(),
  ArrowLeft: () => step("prev"),
  ArrowRight: () => step("next"),
  f: press("button.star"),
  c: press("[data-compare]"),
  o: press("[data-original]"),
  i: press("[data-info]"),
  d: press("[data-download]"),
  a: press("[data-approve]"),
  r: ask("reject"),
  n: ask("change"),
  e: press("[data-reuse]"),
  E: press("[data-rerun] button"),
  Delete: press("[data-discards] button"),
  "?": listKeys,
  ...Object.fromEntries([1, 2, 3, 4, 5].map((n) => [n, press(`[data-rating="${n}"]`)])),
};

/* Letters with and without Shift are two keys, whatever Caps Lock says. */
const name = ({ key, shiftKey }) => (key.length > 1 ? key : shiftKey ? key.toUpperCase() : key.toLowerCase());

document.addEventListener(
  "keydown",
  (event) => {
    if (!isOpen() || event.target.closest("[popover]")) return;
    if (event.target.closest(".saying")) return void leave(event);
    if (!ownPage) event.stopPropagation(); // the page behind has keys of its own
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Tab") return void trap(event);
    if (event.target.closest("input, textarea, select") && event.key !== "Escape") return;
    if (stage?.key(event) || keys[name(event)]?.()) event.preventDefault();
  },
  true,
);

/* Comments have keys of their own; Escape only leaves the field. */
function leave(event) {
  if (event.key === "Escape" && find("[data-offer]", event.target.form)?.hidden) event.target.blur();
}

/* What somebody typed with a verdict is sent by Ctrl and Enter, and gone when it was. */
document.addEventListener("keydown", (event) => {
  const box = event.target.closest?.("[data-verdict-note]");
  if (box && event.key === "Enter" && (event.ctrlKey || event.metaKey)) find("[data-send]", box).click();
});
document.addEventListener("htmx:after:request", (event) => {
  const form = event.target.closest?.("form[data-deciding]");
  if (form && event.detail.ctx.response.raw.ok) for (const box of form.querySelectorAll("[data-verdict-note]:popover-open")) box.hidePopover();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || isOpen() || event.target.closest("input, textarea, [popover], dialog")) return;
  if (forget()) event.preventDefault();
});

/* The rest of the page is inert; the browser's own bars are still reached, but not by accident. */
function trap(event) {
  if (ownPage) return;
  const stops = [...host.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")].filter((stop) => inSight(stop) && !stop.disabled);
  const [first, last] = [stops[0], stops.at(-1)];
  const leaving = event.shiftKey ? document.activeElement === first : document.activeElement === last;
  if (!leaving && host.contains(document.activeElement)) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}

if (ownPage) arrive();
wide.addEventListener("change", () => stage?.fit());

// The composer's manners. Everything here only adds: what is chosen, sent and kept is the form's own affair.

const root = document.documentElement;
const form = () => document.getElementById("compose");
const prompt = () => document.getElementById("field-prompt");
const leaf = document.getElementById("leaf");

if (/mac|iphone|ipad/i.test(navigator.platform)) root.dataset.mac = "";
// what the address filled in is in the form now; a reload must not undo what is written since
if (new URLSearchParams(location.search).has("from")) history.replaceState(null, "", location.pathname);

/* --- clicks --- */

const CLICKS = {
  "[data-sheet]": () => sheet(root.dataset.open !== "sheet"),
  "[data-step]": (button) => step(button.closest(".stepper").querySelector("input"), Number(button.dataset.step)),
  "[data-dice]": (button) => put(document.getElementById(button.dataset.dice), String(crypto.getRandomValues(new Uint32Array(1))[0] >>> 1)),
  "[data-opens]": () => leaf.showPopover(),
  ".reasons a": (link) => lead(document.querySelector(link.hash)),
  "[data-begin]": () => (sheet(true), prompt()?.focus()),
  "[data-choose]": () => (sheet(true), document.querySelector("[data-lane] [data-pick]")?.click()),
};

document.addEventListener("click", (event) => {
  const said = event.target.closest("#leaf [data-say]");
  if (said && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    leaf.hidePopover();
    put(prompt(), said.querySelector(".words").textContent);
    prompt().focus();
  }
  for (const [selector, act] of Object.entries(CLICKS)) {
    const found = event.target.closest(selector);
    if (!found) continue;
    if (found.matches("a:not([hx-get])")) event.preventDefault();
    act(found);
  }
});

function sheet(open) {
  if (open) root.dataset.open = "sheet";
  else delete root.dataset.open;
}

function step(field, by) {
  const now = parseInt(field.value, 10) || 1;
  put(field, String(Math.max(1, Math.min(now + by, Number(field.dataset.most)))));
}

/** As if it had been typed, so that the browser's own undo knows it and the server hears of it. */
function put(field, text) {
  const focused = document.activeElement;
  field.focus();
  field.select();
  if (!document.execCommand("insertText", false, text)) field.value = text;
  if (focused && focused !== field) focused.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** To the field that a reason is about, wherever it is hidden. */
function lead(field) {
  if (!field) return;
  field.closest("details")?.setAttribute("open", "");
  sheet(true);
  const first = field.matches("input, textarea, select, button") ? field : field.querySelector("input:not([type=hidden]), button");
  (first ?? field).focus();
  field.scrollIntoView({ block: "nearest" });
}

/* --- ratio and resolution, or exact pixels: never both --- */

document.addEventListener("input", (event) => {
  const { name, value } = event.target;
  if (event.target.form !== form()) return;
  if ((name === "width" || name === "height") && value) check("ratio", "");
  if (name === "ratio" && value) empty("width", "height");
  if (name === "tier" && !form().querySelector("[name=ratio]:checked")?.value) {
    check("ratio", "1:1");
    empty("width", "height");
  }
  tell("unsaved");
});

/* a reference came, went or moved */
document.addEventListener("change", (event) => event.target.matches("[data-list]") && tell("unsaved"));

/** Beside the heading: how the draft is. */
function tell(word) {
  const draft = document.getElementById("draft");
  if (draft) draft.textContent = draft.dataset[word];
}

function check(name, value) {
  const found = form().querySelector(`[name="${name}"][value="${value}"]`);
  if (found) found.checked = true;
}

function empty(...names) {
  for (const name of names) {
    const field = form().querySelector(`[name="${name}"]`);
    if (field) field.value = "";
  }
}

document.addEventListener(
  "toggle",
  (event) => {
    const fold = event.target;
    if (!fold.dataset?.fold) return;
    document.getElementById(fold.dataset.fold).value = fold.open ? "on" : "";
    if (fold.open && fold.contains(document.activeElement)) fold.scrollIntoView({ block: "nearest" });
  },
  true,
);

/* --- keys --- */

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest("#composer")) {
    event.preventDefault();
    (document.getElementById("agreed") ?? document.getElementById("go"))?.click();
  } else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown") && event.target === prompt()) {
    event.preventDefault();
    walk(event.key === "ArrowUp" ? 1 : -1);
  } else if (event.target.closest("#engines") && ["ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) {
    event.preventDefault();
    roam(event.key);
  } else if (event.key === "Escape" && root.dataset.open === "sheet" && !document.querySelector(":popover-open")) {
    sheet(false);
  }
});

function roam(key) {
  const rows = [...document.querySelectorAll("#engines [role=menuitemradio]")];
  const now = rows.indexOf(document.activeElement);
  const next = { ArrowUp: now - 1, ArrowDown: now + 1, Home: 0, End: -1 }[key];
  rows.at(next % rows.length).focus();
}

document.addEventListener("beforetoggle", (event) => {
  if (event.target.id === "engines" && event.newState === "open")
    requestAnimationFrame(() => event.target.querySelector("[aria-checked=true]")?.focus());
}, true);

/* --- earlier prompts by Alt and arrows: 0 is what was being written --- */

const past = { texts: [], place: 0, further: "" };

async function walk(by) {
  if (!past.place) past.texts[0] = prompt().value;
  if (past.texts.length < 2) await recall(prompt().dataset.prompts);
  if (past.place + by >= past.texts.length && past.further) await recall(past.further);
  const place = Math.max(0, Math.min(past.place + by, past.texts.length - 1));
  if (place === past.place) return;
  past.place = place;
  put(prompt(), past.texts[place]);
}

async function recall(address) {
  const url = new URL(address, location.href);
  if (!url.searchParams.has("q")) url.searchParams.set("q", "");
  const answer = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const words of page.querySelectorAll(".words")) if (words.textContent !== past.texts.at(-1)) past.texts.push(words.textContent);
  past.further = page.querySelector(".further")?.getAttribute("href") ?? "";
}

document.addEventListener("input", (event) => {
  if (event.target === prompt() && past.texts[past.place] !== prompt().value) past.place = 0;
});

/* --- a double click is one click: the second would carry the next form's key, and be meant as another request --- */

const CALM = 1000;
let sent = { at: -CALM, said: "" };

document.addEventListener(
  "submit",
  (event) => {
    if (event.target !== form()) return;
    const said = words();
    if (event.timeStamp - sent.at < CALM && said === sent.said) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else sent = { at: event.timeStamp, said };
  },
  true,
);

/* --- answers that come too late --- */

const stand = (...without) => {
  const data = new FormData(form());
  for (const name of ["csrfmiddlewaretoken", ...without]) data.delete(name);
  return new URLSearchParams([...data].filter(([, value]) => typeof value === "string")).toString();
};
const words = () => stand("key", "before", "tried", "price", "tab"); // what somebody chose and wrote
const pictures = () => new FormData(form()).getAll("references").join();

/* What the newest answer is about, or will be. Asked for it once more, it would only lose its question or its reasons:
   leaving a field tells the server of it, also when it was left for Generate. */
let answered = "";

document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = event.detail;
  if (!form()) return;
  Object.assign(ctx, { stand: stand(), pictures: pictures() });
  if (ctx.target?.id !== "composer") return;
  if (ctx.sourceElement.id === "refresh" && answered === words()) event.preventDefault();
  else answered = ctx.sourceElement === form() ? words() : "";
});

document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = event.detail;
  if (ctx.target?.id !== "composer" || !form()) return;
  // somebody went on writing: another answer is on its way
  if (ctx.sourceElement.id === "refresh" && ctx.stand !== stand()) event.preventDefault();
  // a picture came meanwhile: the list on the page is the newer one
  else if (ctx.pictures !== pictures()) document.querySelector("[data-lane]")?.setAttribute("hx-morph-skip", "");
});

document.addEventListener("htmx:after:swap", (event) => {
  const { ctx } = event.detail;
  document.querySelector("[data-lane][hx-morph-skip]")?.removeAttribute("hx-morph-skip");
  if (ctx.sourceElement.closest?.("[data-closes]") && ctx.target?.id === "composer") leaf.hidePopover();
  if (ctx.target?.id !== "composer" || ctx.sourceElement.id !== "compose") return;
  past.texts.length = past.place = 0;
  if (ctx.response?.status !== 200 || document.getElementById("agreed")) return;
  document.getElementById("sent").hidePopover();
  sheet(false);
});

document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
  if (ctx.target?.id === "composer" && ctx.response.status === 401) tell("out");
});
document.addEventListener("htmx:error", (event) => {
  if (event.detail.ctx?.target?.id !== "composer") return;
  answered = "";
  tell("away");
});

// Comments: a click on the picture pins the next one there, and @ offers the people who may see it.

const find = (selector, within = document) => within.querySelector(selector);
const SVG = "http://www.w3.org/2000/svg";
const PIN = "M0 0v-11a11 11 0 1 1 11 11z";

/* --- pins --- */

function drop(x, y) {
  const form = find(".saying");
  const pins = find("#pins");
  if (!form || !pins) return;
  lift();
  form.elements.x.value = x;
  form.elements.y.value = y;
  const mark = document.createElementNS(SVG, "svg");
  mark.setAttribute("overflow", "visible");
  mark.setAttribute("x", `${x / 10}%`);
  mark.setAttribute("y", `${y / 10}%`);
  mark.append(document.createElementNS(SVG, "path"));
  mark.firstChild.setAttribute("d", PIN);
  const holder = document.createElementNS(SVG, "g");
  holder.setAttribute("class", "new");
  holder.dataset.pin = "";
  holder.dataset.x = x;
  holder.dataset.y = y;
  holder.append(mark);
  pins.append(holder);
  find("[data-unpin]", form).hidden = false;
  find("#desk")?.setAttribute("data-informed", "");
  form.elements.text.focus({ preventScroll: true });
}

function lift() {
  for (const mark of document.querySelectorAll("#pins .new")) mark.remove();
  const form = find(".saying");
  if (!form) return;
  form.elements.x.value = form.elements.y.value = "";
  find("[data-unpin]", form).hidden = true;
}

const within = (value) => Math.round(Math.min(1, Math.max(0, value)) * 1000);
let down = null; // a drag is no click

document.addEventListener("pointerdown", (event) => {
  down = event.target.closest?.("[data-picture]") ? event : null;
});
document.addEventListener("click", (event) => {
  const pin = event.target.closest?.("#pins a");
  if (pin) return void show(pin, event);
  if (event.target.closest?.("[data-unpin]")) return void lift();
  const picture = event.target.closest?.("[data-picture]");
  if (!picture || !find(".pins", picture) || picture.closest("[data-near]") || event.detail > 1) return;
  if (!down || Math.hypot(down.clientX - event.clientX, down.clientY - event.clientY) > 6) return;
  const { left, top, width, height } = picture.getBoundingClientRect();
  drop(within((event.clientX - left) / width), within((event.clientY - top) / height));
});
document.addEventListener("dblclick", (event) => event.target.closest?.("[data-picture]") && lift());

function show(pin, event) {
  const comment = find(pin.getAttribute("href"));
  if (!comment) return;
  event.preventDefault();
  find("#desk")?.setAttribute("data-informed", "");
  for (const other of document.querySelectorAll(".comment.meant")) other.classList.remove("meant");
  comment.classList.add("meant");
  comment.focus();
}

/* --- names --- */

const BEGUN = /@([^@\s]{0,40})$/u;
let asked = 0;

document.addEventListener("input", async (event) => {
  const field = event.target.closest?.(".saying textarea");
  if (!field) return;
  const begun = BEGUN.exec(field.value.slice(0, field.selectionStart));
  const list = find("[data-offer]", field.form);
  if (!begun) return void (list.hidden = true);
  const turn = ++asked;
  const answer = await fetch(`${field.form.dataset.names}?q=${encodeURIComponent(begun[1])}`, { headers: { "HX-Request": "true" } });
  if (turn !== asked || !answer.ok) return;
  list.innerHTML = await answer.text(); // our own page, escaped there
  list.hidden = !list.children.length;
});

function take(button) {
  const field = button.closest("form").elements.text;
  const before = field.value.slice(0, field.selectionStart).replace(BEGUN, `@${button.dataset.name} `);
  const after = field.value.slice(field.selectionStart);
  field.value = before + after;
  field.focus();
  field.setSelectionRange(before.length, before.length);
  button.parentElement.hidden = true;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-offer] [data-name]");
  if (button) take(button);
});

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.(".saying");
  if (!form) return;
  const list = find("[data-offer]", form);
  if (!list.hidden && ["ArrowUp", "ArrowDown", "Enter", "Tab", "Escape"].includes(event.key)) return void choose(event, list);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});

function choose(event, list) {
  const names = [...list.children];
  const at = names.findIndex((one) => one.getAttribute("aria-selected") === "true");
  event.preventDefault();
  event.stopPropagation();
  if (event.key === "Escape") list.hidden = true;
  else if (event.key.startsWith("Arrow")) {
    const next = names[(at + (event.key === "ArrowDown" ? 1 : -1) + names.length) % names.length];
    for (const one of names) one.setAttribute("aria-selected", String(one === next));
  } else take(names[Math.max(0, at)]);
}

// The references of the composer as they stand in its form. The truth is the list itself: the order of its hidden fields is what is sent.

const calm = matchMedia("(prefers-reduced-motion: reduce)");

export const lane = () => document.querySelector("[data-lane]");
export const list = () => lane().querySelector("[data-list]");
export const items = () => [...list().querySelectorAll("[data-ref]")];
export const order = () => items().map((item) => item.dataset.ref);
export const form = () => lane().closest("form");
const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
export const say = (word, values = {}) => fill(lane().dataset[`say${word}`], values);
export const model = (name) => lane().querySelector(`template[${name}]`).content.firstElementChild.cloneNode(true);

export function changed() {
  items().forEach((item, index) => {
    for (const place of item.querySelectorAll("[data-place]")) place.textContent = index + 1;
  });
  figures();
  mark();
  list().dispatchEvent(new Event("change", { bubbles: true }));
}

export function figures() {
  const { most, together } = lane().dataset;
  const n = items().length;
  const m = parseInt(new FormData(form()).get("images"), 10) || 1;
  const [has, limit] = together ? [n + m, +together] : [n, +most];
  lane().querySelector("[data-sum]").textContent = together ? `${say("Sum", { n, m })} =` : "";
  lane().querySelector("[data-result]").textContent = +most || n ? say("Result", { n: has, most: limit }) : "";
  lane().querySelector("[data-figures]").classList.toggle("bad", n > most || has > limit);
  lane().querySelector("[data-adds]").hidden = Boolean(lane().dataset.engine) && n >= most;
}

/** What is in the composer already, in the library. */
export function mark() {
  for (const kept of document.querySelectorAll("[data-kept]")) {
    const used = order().includes(kept.dataset.kept);
    kept.classList.toggle("used", used);
    kept.querySelector("form[data-reference] button").setAttribute("aria-pressed", String(used));
  }
}

export function tell(sentence) {
  lane().querySelector("[data-news]").textContent = sentence;
}

export function complain(name, sentence, again) {
  const line = model("data-fault-line");
  line.querySelector("[data-whose]").textContent = name;
  line.querySelector("[data-sentence]").textContent = sentence;
  const button = line.querySelector("[data-again]");
  if (again) button.addEventListener("click", () => (line.remove(), again()));
  else button.remove();
  lane().querySelector("[data-faults]").append(line);
}

/** Does something to the list and lets its tiles slide to where they are now. */
export function slide(act, still) {
  const before = new Map(items().map((item) => [item, item.getBoundingClientRect()]));
  act();
  if (calm.matches) return;
  for (const [item, from] of before) {
    const to = item.getBoundingClientRect();
    const [x, y] = [from.left - to.left, from.top - to.top];
    if (item !== still && (x || y)) item.animate({ translate: [`${x}px ${y}px`, "0 0"] }, { duration: 140, easing: "cubic-bezier(.2, 0, 0, 1)" });
  }
}

export function put(item, before) {
  if (list().moveBefore) list().moveBefore(item, before);
  else list().insertBefore(item, before);
}

export function move(item, by) {
  const all = items();
  const place = all.indexOf(item) + by;
  if (place < 0 || place >= all.length) return;
  slide(() => put(item, by < 0 ? all[place] : all[place].nextElementSibling));
  changed();
  tell(say("Moved", { name: item.dataset.name, n: place + 1, most: all.length }));
}

export function drop(item) {
  const all = items();
  const place = all.indexOf(item);
  const heir = all[place + 1] ?? all[place - 1];
  slide(() => item.remove());
  changed();
  tell(say("Removed", { name: item.dataset.name }));
  if (!document.querySelector("dialog:modal")) (heir?.querySelector("[data-face]") ?? lane().querySelector("[data-pick]")).focus();
}

// A verdict from among the pictures, given at the door for reviews: on those that are chosen, or on the one that is pointed at.

import { keys } from "./keys.js";
import { chosen, everything, pick, pointed, uid } from "./picking.js";
import { enter } from "./reasons.js";
import { tell } from "./send.js";

const form = document.getElementById("judge");
const { barred } = document.getElementById("selection").dataset;
const judged = new Set(); // what a click may take back
let these = [];
let pending = 0; // until the pictures say what was decided last

/* What nobody asked about has no such badge; each badge knows which decision it shows. */
const standing = (tile) => tile.querySelector(".badge:is(.asked, .approved, .rejected, .change)");
const mark = (tile) => `${uid(tile)}:${standing(tile).dataset.decision ?? 0}`;
const against = () => barred || (everything() ? form.dataset.apart : these.length ? "" : form.dataset.unasked);

const judge = (act) => () => {
  if (pending) return true;
  const wanted = chosen().length ? chosen() : [pointed()].filter(Boolean);
  if (!wanted.length) return false;
  these = wanted.filter(standing);
  if (against()) return tell(against());
  form.elements.image.value = these.map(mark).join(" ");
  return act();
};

function approve() {
  form.requestSubmit(form.elements.approve);
}

function reject() {
  const box = document.getElementById("rejecting");
  box.showPopover();
  enter(box); // at once: the next key may be on its way
}

if (barred !== undefined) keys({ a: judge(approve), r: judge(reject) });

function wait(more) {
  pending += more;
  form.ariaBusy = String(pending > 0);
}
form?.addEventListener("htmx:before:request", () => wait(1));
form?.addEventListener("htmx:finally:request", () => wait(-1));

/* What could not be decided about stays chosen. */
function done() {
  for (const tile of these) {
    judged.add(uid(tile));
    pick(tile, false);
  }
  document.getElementById("rejecting").hidePopover();
  form.reset();
}

/* Whoever took it back goes on where they were. */
function leave(toast) {
  if (toast?.contains(document.activeElement)) these.at(-1)?.querySelector("a").focus({ preventScroll: true });
  toast?.remove();
}

/* Here, or taken back where it was said. */
document.addEventListener("decided", async ({ target }) => {
  if (target === form) done();
  leave(target.closest(".toast"));
  if (!judged.size) return;
  wait(1);
  const values = { image: [...judged].join(" ") };
  await window.htmx.ajax("POST", form.dataset.badges, { source: document.body, swap: "none", values });
  wait(-1);
});

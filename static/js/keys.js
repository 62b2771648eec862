// The keys of a page. Its modules say what each one does; typing in a field is never taken for a command.

const acts = new Map();

/* `table` is { x: act, ArrowLeft: act, X: act with Shift }. An act that returns false leaves the key to the browser. */
export function keys(table) {
  for (const [key, act] of Object.entries(table)) acts.set(key, act);
}

const FIELDS = "input:not([type=checkbox], [type=range]), textarea, select, [contenteditable], [popover], dialog";

function name(event) {
  if (event.key.length > 1 || !/\p{Letter}/u.test(event.key)) return event.key === " " ? "Space" : event.key;
  return event.shiftKey ? event.key.toUpperCase() : event.key.toLowerCase();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(FIELDS)) return;
  const act = acts.get(name(event));
  if (act && act(event) !== false) event.preventDefault();
});

/* The list of them, and the field for words, are on every page that has keys. */
const list = document.getElementById("keys");
const search = document.querySelector("[role=search] input:not([type=hidden])");
if (list) keys({ "?": () => list.showModal() });
if (search) keys({ "/": () => search.select() });
list?.addEventListener("click", (event) => event.target === list && list.close());

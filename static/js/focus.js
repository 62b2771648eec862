// What replaces itself must not throw whoever works by keyboard back to the top of the page. htmx keeps the focus where an id stays;
// here is what it cannot know: what is wrong comes first, then what is new, then the same field, then what is left around it.

const FIELDS = "input, select, textarea";
const lost = () => document.activeElement === document.body;
const asked = new WeakMap(); // by request: where the focus was

function place(control) {
  const around = [];
  for (let one = control.parentElement; one; one = one.parentElement) if (one.id) around.push(one.id);
  return { id: control.id, name: control.getAttribute("name"), around };
}

const seen = (one) => one && !one.disabled && one.checkVisibility();

function heir({ id, name, around }) {
  const root = around.map((one) => document.getElementById(one)).find(seen);
  const first = (selector) => [...(root?.querySelectorAll(selector) ?? [])].find(seen);
  const same = () => [document.getElementById(id)].find(seen) ?? (name ? first(`[name="${CSS.escape(name)}"]`) : null);
  return first("[aria-invalid=true]") ?? (lost() ? (first("[autofocus], [data-focus]") ?? same() ?? root) : null);
}

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (!lost()) asked.set(ctx, place(document.activeElement));
});

document.addEventListener("htmx:finally:swap", ({ detail: { ctx } }) => {
  const before = asked.get(ctx);
  const wrong = ctx.response?.status === 422 && !document.activeElement?.matches(FIELDS);
  if (!before || !(lost() || wrong)) return;
  const next = heir(before);
  if (!next) return;
  if (next.tabIndex < 0 && !next.hasAttribute("tabindex")) next.tabIndex = -1;
  next.focus();
});

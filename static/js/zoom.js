// Nearer and farther, about the point under the pointer. Several pictures may be moved together: place and size are kept as
// parts of each picture's own box, so pictures of different size stay in step.

const STEP = 1.4; // of a key or a click
const WHEEL = 0.0018;
const PINCH = 0.012; // a pinch on a trackpad comes as a wheel with small steps
const SWIPE = 56; // pixels, or it was no swipe

const held = (value, low, high) => Math.min(high, Math.max(low, value));

/* `boxes` hold the pictures; `told` hears: look({scale, share, x, y}), swipe(1 | -1), grip(event) to take a pointer for itself. */
export function zoomable(stage, boxes, told = {}) {
  const width = Number(stage.dataset.width) || 1;
  const pictures = () => boxes.flatMap((box) => [...box.querySelectorAll("[data-large]")]);
  let scale = 1;
  let x = 0; // left edge of the picture, in widths of its box
  let y = 0;

  const box = (at) => (at?.closest?.("[data-picture]") ?? boxes[0]).getBoundingClientRect();
  const sharp = () => (boxes[0].clientWidth * devicePixelRatio) / width; // at scale 1: screen pixels for each of its own
  const most = () => Math.max(4, 4 / sharp());

  function show() {
    [x, y] = [held(x, 1 - scale, 0), held(y, 1 - scale, 0)];
    for (const picture of pictures()) {
      picture.style.transform = scale === 1 ? "" : `translate(${x * 100}%, ${y * 100}%) scale(${scale})`;
    }
    stage.toggleAttribute("data-near", scale > 1);
    const share = sharp() * scale;
    for (const picture of pictures()) if (needsMore(picture, share)) sharpen(picture);
    told.look?.({ scale, share, x, y });
  }

  function needsMore(picture, share) {
    const has = picture.naturalWidth; // 0: it has not come yet
    return has && has < Number(picture.getAttribute("width")) && share * width > has * 1.06;
  }

  function zoom(to, clientX, clientY, at) {
    const { left, top, width: wide, height: high } = box(at);
    const [u, v] = clientX === undefined ? [0.5, 0.5] : [(clientX - left) / wide, (clientY - top) / high];
    const next = held(to, 1, most());
    x = u - ((u - x) / scale) * next;
    y = v - ((v - y) / scale) * next;
    scale = next;
    show();
  }

  function pan(across, down, at) {
    const { width: wide, height: high } = box(at);
    x += across / wide;
    y += down / high;
    show();
  }

  const toggle = (event) => zoom(scale > 1 ? 1 : Math.max(2, 1 / sharp()), event?.clientX, event?.clientY, event?.target);

  /* --- wheel, mouse and fingers --- */

  stage.addEventListener(
    "wheel",
    (event) => {
      if (!event.target.closest("[data-picture]")) return;
      event.preventDefault();
      zoom(scale * Math.exp(-event.deltaY * (event.ctrlKey ? PINCH : WHEEL)), event.clientX, event.clientY, event.target);
    },
    { passive: false },
  );
  stage.addEventListener("dblclick", (event) => event.target.closest("[data-picture]") && toggle(event));

  const fingers = new Map();
  let start = null; // of a swipe
  let grip = null; // somebody else's

  stage.addEventListener("pointerdown", (event) => {
    if (!event.target.closest("[data-picture]") || event.button > 0) return;
    grip = told.grip?.(event, scale) ?? null;
    fingers.set(event.pointerId, event);
    start = fingers.size === 1 ? event : null;
    if (grip || scale > 1 || event.pointerType === "touch") event.target.setPointerCapture?.(event.pointerId);
  });
  stage.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    fingers.set(event.pointerId, event);
    if (grip && fingers.size === 1) return void grip(event);
    if (fingers.size === 2) return void pinch(before, event);
    if (scale > 1) pan(event.clientX - before.clientX, event.clientY - before.clientY, event.target);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    stage.addEventListener(end, (event) => {
      if (!fingers.delete(event.pointerId)) return;
      if (start && !grip && end === "pointerup" && event.pointerType === "touch" && scale === 1) swipe(start, event);
      start = null;
      if (!fingers.size) grip = null;
    });
  }

  function pinch(before, now) {
    start = null;
    const other = [...fingers.values()].find((finger) => finger.pointerId !== now.pointerId);
    const apart = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
    const middle = [(now.clientX + other.clientX) / 2, (now.clientY + other.clientY) / 2];
    zoom((scale * apart(now)) / apart(before), ...middle, now.target);
    pan((now.clientX - before.clientX) / 2, (now.clientY - before.clientY) / 2, now.target);
  }

  function swipe(from, to) {
    const [across, down] = [to.clientX - from.clientX, to.clientY - from.clientY];
    if (Math.abs(across) > SWIPE && Math.abs(across) > 1.5 * Math.abs(down)) told.swipe?.(across < 0 ? 1 : -1);
  }

  /* --- keys --- */

  const keys = {
    "+": () => zoom(scale * STEP),
    "=": () => zoom(scale * STEP),
    "-": () => zoom(scale / STEP),
    0: () => zoom(1),
  };
  const arrows = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

  /* True: it was ours. */
  function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.shiftKey && arrows[event.key] && scale > 1) {
      const [across, down] = arrows[event.key];
      pan(across * 80, down * 80);
      return true;
    }
    if (!(event.key in keys)) return false;
    keys[event.key]();
    return true;
  }

  for (const picture of pictures()) if (!picture.complete) picture.addEventListener("load", show, { once: true });
  const watch = new ResizeObserver(show);
  watch.observe(boxes[0]);
  return { key, toggle, fit: () => zoom(1), stop: () => watch.disconnect(), share: sharp };
}

/* The original in place of the copy, once it has come; a click asks for it, and so does a look closer than the copy can bear. */
export async function sharpen(picture) {
  const source = picture.dataset.originalSrc;
  if (!source || picture.dataset.sharpening) return;
  picture.dataset.sharpening = "1";
  const original = new Image();
  original.src = source;
  try {
    await original.decode();
  } catch {
    delete picture.dataset.sharpening;
    return;
  }
  picture.src = source;
  picture.dispatchEvent(new CustomEvent("sharp", { bubbles: true }));
}

/* “Fit, 25 %”, in the page's own words. */
export function word(button, { scale, share }) {
  const percent = `${Math.round(share * 100)}\u00a0%`;
  button.dataset.fit ??= button.textContent;
  const comma = document.documentElement.lang.startsWith("zh") ? "，" : ", ";
  button.textContent = scale === 1 ? `${button.dataset.fit}${comma}${percent}` : percent;
}

// Arrow keys go from picture to picture. Everything is a link or a form already.

const WAYS = { ArrowLeft: "prev", ArrowRight: "next" };

document.addEventListener("keydown", (event) => {
  const way = WAYS[event.key];
  if (!way || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.target.closest("input, textarea")) return;
  document.querySelector(`a[rel="${way}"]`)?.click();
});

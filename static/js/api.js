// The API's page: examples are copied, and the contents follow the reading. Everything can be read without it.

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-code]");
  if (!button) return;
  const code = button.closest("figure").querySelector("code");
  await navigator.clipboard.writeText(code.textContent).catch(() => getSelection().selectAllChildren(code));
  button.classList.add("good");
  setTimeout(() => button.classList.remove("good"), 1500);
});

const reading = document.querySelector(".reading");
const entries = new Map([...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link]));
const seen = new Set();
const watch = new IntersectionObserver(
  (changes) => {
    for (const { target, isIntersecting } of changes) seen[isIntersecting ? "add" : "delete"](target);
    const first = [...reading.querySelectorAll(".operation")].find((section) => seen.has(section));
    if (!first) return;
    for (const [id, link] of entries)
      if (id === first.id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    entries.get(first.id)?.scrollIntoView({ block: "nearest" });
  },
  { root: reading, rootMargin: "0px 0px -60% 0px" },
);
for (const section of reading.querySelectorAll(".operation")) watch.observe(section);

// Whoever follows a message has seen it. Without this there is the button beside it.

const see = (event) => {
  const form = event.target.closest("[data-see]")?.parentElement.querySelector("form");
  if (form) fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true, headers: { "HX-Request": "true" } });
};
document.addEventListener("click", see);
document.addEventListener("auxclick", (event) => {
  if (event.button === 1) see(event);
});

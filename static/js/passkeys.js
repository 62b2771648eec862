// A passkey that did not come is said, not only written to the console.

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("toasts").append(document.getElementById("passkey-failed").content.cloneNode(true));
});

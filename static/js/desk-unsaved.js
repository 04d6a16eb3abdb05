// Asks before a page with an unsaved question is left.

const form = document.querySelector("[data-question-form]");
let unsaved = form?.hasAttribute("data-unsaved") ?? false;

form?.addEventListener("input", () => { unsaved = true; });
// The buttons of the choices change the form without an "input" of it.
form?.addEventListener("htmx:after:swap", () => { unsaved = true; });
form?.addEventListener("draft:kept", () => { unsaved = false; });
form?.addEventListener("submit", () => { unsaved = false; });

window.addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});

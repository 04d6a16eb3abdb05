// Asks before a page with an unsaved question is left, or its state is changed without what was typed.

const form = document.querySelector("[data-question-form]");
const card = document.querySelector("#standing");
let unsaved = form?.hasAttribute("data-unsaved") ?? false;
let differs = unsaved; // from the stored question: a draft that is kept can be left, but a step would not take it along

function changed() {
  unsaved = true;
  differs = true;
}

form?.addEventListener("input", changed);
// The buttons of the choices change the form without an "input" of it.
form?.addEventListener("htmx:after:swap", changed);
form?.addEventListener("draft:kept", () => { unsaved = false; });
form?.addEventListener("submit", () => { unsaved = false; });

card?.addEventListener("submit", (event) => {
  if (!differs) return;
  event.preventDefault();
  const said = card.querySelector("[data-unsaved-said]");
  said.hidden = false;
  said.focus();
});

window.addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});

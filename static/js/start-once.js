// <form data-once>: a second submit within 5 s is dropped. Without JavaScript the server copes with a double press;
// this only spares the visitor the wait. The button keeps its focus and its name, so it isn't disabled.
const PAUSE = 5000;

function reopen(form) {
  clearTimeout(form.sentTimer);
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
}

function onSubmit(event) {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  form.setAttribute("aria-busy", "true");
  form.sentTimer = setTimeout(() => reopen(form), PAUSE);
}

// Listened for on the page: the form may come later, when a test opens.
document.addEventListener("submit", (event) => event.target.matches("form[data-once]") && onSubmit(event));
// Coming back by the Back button shows the page as it was left: it must be possible to start again at once.
addEventListener("pageshow", () => document.querySelectorAll("form[data-once]").forEach(reopen));

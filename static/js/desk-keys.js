// Ctrl+S saves the question, Ctrl+Enter saves it and begins the next one; with Cmd on a Mac.

const form = document.querySelector("[data-question-form]");

function press(value) {
  form.requestSubmit(document.querySelector(`.editor-bar button[name=then][value=${value}]`));
}

document.addEventListener("keydown", (event) => {
  if (!form || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
  const then = { s: "save", Enter: "save_new" }[event.key];
  if (!then) return;
  event.preventDefault();
  press(then);
});

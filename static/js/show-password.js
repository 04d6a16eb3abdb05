// Buttons with data-show-password show what is typed in the field they control. Before the form leaves the field is a
// password again: browsers would keep the text to suggest it to the next person.
function show(button, field, shown) {
  field.type = shown ? "text" : "password";
  button.setAttribute("aria-pressed", String(shown));
}

for (const button of document.querySelectorAll("[data-show-password]")) {
  const field = document.getElementById(button.getAttribute("aria-controls"));
  button.hidden = false; // without JavaScript it would do nothing, so it starts hidden
  button.addEventListener("click", () => show(button, field, field.type === "password"));
  field.form.addEventListener("submit", () => show(button, field, false));
}

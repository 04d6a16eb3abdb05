// The rules of a test beside its board: a change of the board brings them anew, as they stand now. What somebody has
// typed and not saved stays as it is instead; saved later, the server sees which version it began from.

const form = () => document.getElementById("rules-form");

function typed(event) {
  const own = event.target.closest?.("#rules-form");
  if (own) own.dataset.typed = "";
}

document.addEventListener("input", typed);
document.addEventListener("change", typed);

document.addEventListener("htmx:before:swap", (event) => {
  const kept = form();
  if (!kept?.hasAttribute("data-typed")) return;
  const { tasks } = event.detail, at = tasks.findIndex((task) => task.type === "oob" && task.target === kept);
  if (at >= 0) tasks.splice(at, 1);
});

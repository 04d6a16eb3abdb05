// What candidates see and when: a preset ticks its boxes at once; what opens early stays open, so a box ticks those to
// its right, and one that is emptied empties those to its left. The server says the same of what it is sent.

const presets = (table) => [...table.querySelectorAll("[data-boxes]")];
const boxes = (table) => [...table.querySelectorAll("input[name=shown]")];

function press(button) {
  const table = button.closest("[data-reveal]"), wanted = new Set(button.dataset.boxes.split(" "));
  for (const box of boxes(table)) box.checked = wanted.has(box.value);
  table.dispatchEvent(new Event("change", { bubbles: true }));
}

function spread(box) {
  const row = [...box.closest("tr").querySelectorAll("input[name=shown]")], at = row.indexOf(box);
  for (const each of box.checked ? row.slice(at) : row.slice(0, at)) each.checked = box.checked;
}

function name(table) {
  const ticked = boxes(table).filter((box) => box.checked).map((box) => box.value).sort().join(" ");
  for (const button of presets(table)) button.setAttribute("aria-pressed", String(button.dataset.boxes === ticked));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-boxes]");
  if (!button) return;
  event.preventDefault();
  press(button);
});

document.addEventListener("change", (event) => {
  const table = event.target.closest?.("[data-reveal]");
  if (!table) return;
  if (event.target.matches("input[name=shown]")) spread(event.target);
  name(table);
}, true);

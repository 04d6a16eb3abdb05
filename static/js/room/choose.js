// Optional questions: how many of them are answered so far, as the page has it.
const shown = document.querySelector("#choose b");
const part = document.querySelector("#navigator .cell[aria-current]").closest(".part");

function count() {
  const cells = part.querySelectorAll(".cell:is([data-state=answered], [data-state=both])");
  if (shown.textContent !== String(cells.length)) shown.textContent = cells.length;
}
new MutationObserver(count).observe(part, { subtree: true, attributes: true, attributeFilter: ["data-state"] });
count();

// The list of questions: one box ticks all rows of the page, and the bar says how many are ticked.

const rows = () => [...document.querySelectorAll("td > input[name=question]")];

function show() {
  const all = document.querySelector("[data-tick-all]");
  if (!all) return;
  const ticked = rows().filter((row) => row.checked).length;
  all.hidden = false;
  all.checked = ticked > 0 && ticked === rows().length;
  all.indeterminate = ticked > 0 && !all.checked;
  document.querySelector("[data-ticked]").textContent = `${ticked} ticked`;
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-tick-all]")) for (const row of rows()) row.checked = event.target.checked;
  if (event.target.matches("[data-tick-all], td > input[name=question]")) show();
});
document.addEventListener("htmx:after:swap", show);
window.addEventListener("pageshow", show);
show();

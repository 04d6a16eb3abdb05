// After something was taken out of a test with the keyboard, it goes on at what stands in its place now, else at Undo:
// the button that was pressed is gone, and without this one would start again at the top of the page.

let place = "";

document.addEventListener("focusin", (event) => {
  place = event.target.closest?.("#board [data-row]")?.dataset.row ?? "";
});

document.addEventListener("htmx:after:swap", () => {
  if (!place || (document.activeElement && document.activeElement !== document.body)) return;
  const row = document.querySelector(`#board [data-row="${CSS.escape(place)}"]`);
  (row?.querySelector("[id^=remove-]") ?? document.getElementById("undo"))?.focus();
});

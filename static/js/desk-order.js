// The order of sections, questions and draws: a grip takes the arrow keys, which press the buttons beside it, and can be
// dragged to another row of its kind, which sends one form with the new place. Without this script the buttons do it all.

const kindOf = (row) => row.dataset.row.split(":")[0];
let dragged = null, wanted = "";

function ready() {
  for (const grip of document.querySelectorAll("[data-grip][hidden]")) grip.hidden = false;
}

// The id the grip has after it moved: a question keeps its own, the others are named by their place.
function after(grip, key) {
  const places = /^(grip-(?:s|d-\d+)-)(\d+)$/.exec(grip.id);
  return places ? places[1] + Math.max(1, Number(places[2]) + (key === "up" ? -1 : 1)) : grip.id;
}

document.addEventListener("keydown", (event) => {
  const grip = event.target.closest?.("[data-grip]"), key = { ArrowUp: "up", ArrowDown: "down" }[event.key];
  if (!grip || !key) return;
  event.preventDefault();
  wanted = after(grip, key);
  grip.closest("form").querySelector(`[data-move=${key}]`).click();
});

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest?.("[data-grip]");
  if (grip) grip.closest("[data-row]").draggable = true;
});

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-row]") ?? null;
  event.dataTransfer?.setData("text/plain", "");
});

function target(event) {
  if (!dragged) return null;
  const row = event.target.closest?.(`[data-row^="${kindOf(dragged)}:"]`);
  return row && row !== dragged ? row : null;
}

document.addEventListener("dragover", (event) => {
  if (target(event)) event.preventDefault();
});

document.addEventListener("drop", (event) => {
  const row = target(event);
  if (!row) return;
  event.preventDefault();
  const form = document.getElementById("order");
  form.elements.what.value = dragged.dataset.row;
  form.elements.to.value = row.dataset.to;
  const kind = kindOf(dragged);
  wanted = kind === "question" ? dragged.querySelector("[data-grip]").id : `grip-${kind[0]}-${row.dataset.to.replace(":", "-")}`;
  form.requestSubmit();
});

document.addEventListener("dragend", (event) => {
  if (event.target.draggable) event.target.draggable = false;
  dragged = null;
});

// The board was made anew: its grips are shown, and the one that moved has the focus again.
document.addEventListener("htmx:after:swap", () => {
  ready();
  if (wanted) document.getElementById(wanted)?.focus();
  wanted = "";
});
ready();

// Enter goes on to the next row of choices, pairs or steps, and adds one after the last; Alt with an arrow moves a row.

const form = document.querySelector("[data-question-form]");
const ROWS = "[name=option_text], [name=pair_left], [name=pair_right], [name=step_text]";
let back = null; // the id of the field that the focus returns to once its row has moved
let early = null; // what is typed while the new row is on its way; null while none is

function fields() {
  return [...form.querySelectorAll(`.answer-edit :is(${ROWS})`)];
}

function goOn(field) {
  const all = fields();
  const next = all[all.indexOf(field) + 1];
  const add = document.getElementById("add-row");
  if (next) return next.focus();
  if ("full" in add.dataset) return;
  early = "";
  add.click(); // the reply says where the focus goes
}

function move(field, verb) {
  const button = field.closest(".answer-edit").querySelector(`button[value^="${verb}:"]`);
  back = field.id;
  button.click();
}

form?.addEventListener("keydown", (event) => {
  const field = event.target.closest(ROWS);
  if (!field || event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const verb = { ArrowUp: "up", ArrowDown: "down" }[event.key];
  if (event.altKey ? !verb : event.key !== "Enter") return;
  event.preventDefault();
  if (event.altKey) move(field, verb);
  else if (early === null) goOn(field);
});

// The row that was left is about to be replaced: what goes into it now would be lost.
form?.addEventListener("beforeinput", (event) => {
  if (early === null || !event.cancelable || !event.target.matches(ROWS)) return;
  event.preventDefault();
  early += event.data ?? "";
});

function arrived() {
  const here = document.activeElement;
  if (early && here.matches(ROWS)) {
    here.setRangeText(early, here.value.length, here.value.length, "end");
    here.dispatchEvent(new Event("input", { bubbles: true }));
  }
  early = null;
}

form?.addEventListener("htmx:after:swap", () => {
  if (back) document.getElementById(back)?.focus();
  back = null;
  requestAnimationFrame(arrived); // htmx gives the focus to the new row first
});
form?.addEventListener("htmx:error", () => { early = back = null; });

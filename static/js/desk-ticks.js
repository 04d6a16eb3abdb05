// The list of questions: what is ticked is kept in this tab, across pages, orders and searches, until an action or Clear.

const KEPT = "desk-ticks";
const HEARD = "desk-ticks-heard"; // the change whose ticks were taken over: a reload must not bring them back
let chosen = new Set(JSON.parse(recall(KEPT) || "[]"));

function recall(name) {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null; // blocked: ticks are kept on this page only
  }
}

function keep(name, value) {
  try {
    sessionStorage.setItem(name, value);
  } catch {
    // The same.
  }
}

const boxes = () => [...document.querySelectorAll("td > input[name=question]")];
const elsewhere = () => [...document.querySelectorAll("[data-elsewhere]")];

/** A page that answers an action says what is ticked now. */
function hear() {
  const said = document.querySelector("[data-ticks]")?.dataset.ticks;
  if (!said || said === recall(HEARD)) return;
  chosen = new Set([...boxes().filter((box) => box.checked), ...elsewhere()].map((each) => each.value));
  keep(HEARD, said === "sent" ? "" : said);
  keep(KEPT, JSON.stringify([...chosen]));
}

/** What is chosen on other pages goes along with the form. */
function hidden(code) {
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: "question", value: code });
  field.dataset.elsewhere = "";
  return field;
}

function words(others) {
  const all = document.querySelector(".bulk [name=all]");
  if (all?.checked) return all.closest("label").textContent.trim();
  if (!others) return `${chosen.size} chosen`;
  return `${chosen.size} chosen, ${others === chosen.size ? "all" : `${others} of them`} on other pages`;
}

function show() {
  const bar = document.querySelector("#bulk");
  if (!bar) return;
  const here = boxes();
  for (const box of here) box.checked = chosen.has(box.value);
  const found = bar.querySelector("[name=all]");
  if (found && !chosen.size) found.checked = false; // the bar goes, and it would be ticked unseen
  const listed = new Set(here.map((box) => box.value));
  const others = [...chosen].filter((code) => !listed.has(code));
  for (const field of elsewhere()) field.remove();
  bar.before(...others.map(hidden));
  const ticked = here.filter((box) => box.checked).length;
  const all = document.querySelector("[data-tick-all]");
  all.hidden = false;
  all.checked = ticked === here.length;
  all.indeterminate = ticked > 0 && !all.checked;
  bar.querySelector("[data-chosen]").textContent = words(others.length);
}

function tick(box, on) {
  if (on) chosen.add(box.value);
  else chosen.delete(box.value);
}

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-tick-all]")) for (const box of boxes()) tick(box, target.checked);
  else if (target.matches("td > input[name=question]")) tick(target, target.checked);
  else if (!target.matches(".bulk [name=all]")) return;
  keep(KEPT, JSON.stringify([...chosen]));
  show();
});
document.addEventListener("click", (event) => {
  if (!event.target.matches("[data-clear]")) return;
  event.preventDefault();
  chosen.clear();
  keep(KEPT, "[]");
  show();
  document.querySelector("[data-tick-all]").focus(); // the bar is gone, and what had the focus with it
});
// Enter would press the form's first button, which only shows the list again; in the field of the tag it adds.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches("td > input, .bulk input")) return;
  event.preventDefault();
  if (event.target.id === "word") event.target.form.querySelector("[value=tag]").click();
});
document.addEventListener("htmx:after:swap", show);
window.addEventListener("pageshow", show);
hear();
show();

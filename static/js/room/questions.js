// The questions in the page: reading a form's answer, showing one and hiding the others, measuring time on each.
const data = document.getElementById("room").dataset;
const forms = new Map();
export const total = Number(data.total);
let here = Number(data.here);
let since = performance.now();
const opened = new Set();
const PART = /^(?:pair|gap)\./;

export const current = () => here;
export const formOf = (number) => forms.get(number);
export const inPage = (number) => forms.has(number);
export const numbers = () => [...forms.keys()];

/** Take forms into the list; returns the numbers that are new. */
export function enlist(found) {
  const fresh = [...found].filter((form) => !forms.has(Number(form.dataset.number)));
  for (const form of fresh) forms.set(Number(form.dataset.number), form);
  return fresh.map((form) => Number(form.dataset.number));
}

/** The answer in the fields of a save: {choice, text, parts, certainty, marked, answered}. */
export function answerOf(fields) {
  const all = (name) => fields.filter(([key]) => key === name).map(([, value]) => value);
  const parts = Object.fromEntries(fields.filter(([key]) => PART.test(key)).map(([key, value]) => [key.replace(PART, ""), value]));
  const certainty = Number(all("certainty")[0] ?? 0);
  return withAnswered({ choice: all("choice").filter(Boolean), text: all("text")[0] ?? "", parts, certainty, marked: all("marked")[0] === "1" });
}

/** What a form holds. */
export const answerIn = (form) => answerOf([...new FormData(form)]);

/** What the server put into a form. On a slow line somebody has answered before this script came. */
export function asMade(form) {
  if (form.hidden) return answerIn(form);
  const made = form.cloneNode(true);
  made.reset();
  return answerIn(made);
}

/** An answer with whether it is one: something chosen, written or put together. */
export function withAnswered({ choice = [], text = "", parts = {}, certainty = 0, marked = false }) {
  const answered = choice.length > 0 || text.trim() !== "" || Object.values(parts).some((value) => String(value).trim() !== "");
  return { choice, text, parts, certainty: certainty ?? 0, marked, answered };
}

/** Put an answer into a form. Fields of a kind of its own listen to the form's event `mockhall:fill`. */
export function fill(form, answer) {
  const { choice, text, parts, certainty, marked } = withAnswered(answer);
  const places = [...choice];
  for (const field of form.elements) {
    const isTick = field.type === "radio" || field.type === "checkbox";
    const value = PART.test(field.name) ? String(parts[field.name.replace(PART, "")] ?? "") : { text, certainty: String(certainty) }[field.name];
    if (field.name === "choice" && isTick) field.checked = choice.includes(field.value);
    else if (field.name === "choice") field.value = places.shift() ?? "";
    else if (value === undefined) continue;
    else if (isTick) field.checked = field.value === value;
    else field.value = value;
  }
  form.elements.marked.checked = marked;
  form.dispatchEvent(new CustomEvent("mockhall:fill", { detail: { choice, text, parts } }));
}

/** Add the time since the last call to the question on screen; hidden pages don't count. */
function count() {
  const form = formOf(here);
  if (!document.hidden) form.dataset.active = Math.round(Number(form.dataset.active) + performance.now() - since);
  since = performance.now();
}
document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    const form = formOf(here);
    form.dataset.active = Math.round(Number(form.dataset.active) + performance.now() - since);
  }
  since = performance.now();
});

/** The whole state of a question as the fields of a save; `at` is where the candidate is after it. */
export function fieldsOf(form, at = here) {
  if (form === formOf(here)) count();
  const { choice, text, certainty, marked } = answerIn(form);
  const fields = [["marked", marked ? "1" : "0"], ["active_ms", form.dataset.active]];
  fields.push(...choice.map((id) => ["choice", id]));
  if (text) fields.push(["text", text]);
  if (certainty) fields.push(["certainty", String(certainty)]);
  fields.push(...[...new FormData(form)].filter(([name, value]) => PART.test(name) && value));
  fields.push(...[...opened].map((number) => ["visited", number]), ["visited", at]);
  opened.clear();
  return fields;
}

/** Show a question of this page. Few buttons belong to the question on screen; those of the navigator are pressed by name. */
export function show(number, { focus = true, push = true } = {}) {
  count();
  formOf(here).hidden = true;
  here = number;
  opened.add(number);
  const form = formOf(number);
  form.hidden = false;
  for (const button of document.querySelectorAll("#actions [form], [data-default]")) button.setAttribute("form", form.id);
  if (push) history.pushState({ number }, "", `/attempts/${data.code}/questions/${number}`);
  document.title = document.title.replace(/^Question \d+/, `Question ${number}`);
  scrollTo({ top: 0, behavior: "instant" });
  if (focus) focusTitle();
  document.dispatchEvent(new CustomEvent("mockhall:shown", { detail: { number } }));
}

/** Put the focus on the question on screen. */
export function focusTitle() {
  document.getElementById(`title-${here}`).focus({ preventScroll: true });
}

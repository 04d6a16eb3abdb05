// The questions in the page: reading a form's answer, showing one and hiding the others, measuring time on each.
const data = document.getElementById("room").dataset;
const forms = new Map([...document.querySelectorAll("form[data-number]")].map((form) => [Number(form.dataset.number), form]));
export const total = Number(data.total);
let here = Number(data.here);
let since = performance.now();
const opened = new Set();

export const current = () => here;
export const formOf = (number) => forms.get(number);
export const inPage = (number) => forms.has(number);
export const numbers = () => [...forms.keys()];

/** What a form holds: {choice, text, marked, answered}. */
export function answerIn(form) {
  const fields = new FormData(form);
  const choice = fields.getAll("choice");
  const text = fields.get("text") ?? "";
  return withAnswered({ choice, text, marked: fields.has("marked") });
}

/** {choice, text, marked} with whether that is an answer. */
export const withAnswered = (one) => ({ ...one, answered: one.choice.length > 0 || one.text.trim() !== "" });

/** Put an answer into a form, as the server has it. */
export function fill(form, { choice = [], text = "", marked = false }) {
  for (const box of form.querySelectorAll("[name=choice]")) box.checked = choice.includes(box.value);
  for (const field of form.querySelectorAll("[name=text]")) field.value = text;
  form.elements.marked.checked = marked;
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
  const { choice, text, marked } = answerIn(form);
  const fields = [["marked", marked ? "1" : "0"], ["active_ms", form.dataset.active]];
  fields.push(...choice.map((id) => ["choice", id]));
  if (text) fields.push(["text", text]);
  fields.push(...[...opened].map((number) => ["visited", number]), ["visited", at]);
  opened.clear();
  return fields;
}

/** Show a question of this page; every button that named the old one now names it. */
export function show(number, { focus = true, push = true } = {}) {
  count();
  const old = here;
  formOf(old).hidden = true;
  here = number;
  opened.add(number);
  const form = formOf(number);
  form.hidden = false;
  for (const button of document.querySelectorAll(`button[form="question-${old}"]`)) {
    button.setAttribute("form", form.id);
  }
  if (push) history.pushState({ number }, "", `/attempts/${data.code}/questions/${number}`);
  document.title = document.title.replace(/^Question \d+/, `Question ${number}`);
  scrollTo({ top: 0, behavior: "instant" });
  if (focus) focusTitle();
}

/** Put the focus on the question on screen. */
export function focusTitle() {
  document.getElementById(`title-${here}`).focus({ preventScroll: true });
}

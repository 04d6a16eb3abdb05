// A question in another language: a switch above it changes what is read, never what is answered. What can't change
// its place, for fields stand in it, is unfolded below instead.
import { current, formOf } from "../questions.js";
import { announce } from "../say.js";
import { passageOf, placesOf } from "./translated.js";

const KEY = `mockhall:language:${document.getElementById("room").dataset.code}`;
const chosen = new Map(recalled()); // question: its language, where it was changed
const shows = new WeakMap(); // form: what shows it in a language

function recalled() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? [];
  } catch {
    return []; // Storage is blocked: it lasts until the page is left.
  }
}

function keep() {
  try {
    localStorage.setItem(KEY, JSON.stringify([...chosen]));
  } catch {
    // The same.
  }
}

function button(name, language) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "button small", textContent: name, lang: language });
  made.dataset.language = language;
  return made;
}

function switchOf(folds) {
  const { original, originalName } = folds[0].dataset;
  const row = Object.assign(document.createElement("div"), { className: "row tight languages" });
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", "Language of this question");
  row.append(button(originalName, original), ...folds.map(({ dataset }) => button(dataset.name, dataset.language)));
  return row;
}

/** Give a translated question its switch; returns what shows it in a language. */
function attach(form, folds) {
  const row = switchOf(folds);
  const { places, isWhole } = placesOf(form, folds);
  const show = (language) => {
    for (const each of row.children) each.setAttribute("aria-pressed", String(each.dataset.language === language));
    for (const fold of folds) {
      fold.hidden = isWhole || fold.dataset.language !== language;
      fold.open = !fold.hidden;
    }
    for (const put of places) put(language);
  };
  row.addEventListener("click", ({ target }) => {
    if (!target.dataset.language) return;
    chosen.set(Number(form.dataset.number), target.dataset.language);
    keep();
    show(target.dataset.language);
    announce(`Question in ${target.textContent}`);
  });
  form.querySelector(".row").after(row);
  return show;
}

function shown(number) {
  const form = formOf(number);
  const folds = [...form.querySelectorAll(".translation")];
  if (!folds.length) return passageOf(form)(form.querySelector(".stem").lang || "en"); // others on it may have changed it
  if (!shows.has(form)) shows.set(form, attach(form, folds));
  shows.get(form)(chosen.get(number) ?? folds[0].dataset.original);
}

shown(current());
document.addEventListener("mockhall:shown", ({ detail }) => shown(detail.number));

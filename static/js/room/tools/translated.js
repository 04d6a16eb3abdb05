// Where each text of a question stands, and what puts it there in a language. Ids of options tie both together.
const originals = new WeakMap(); // place: its nodes as they came, for a passage stands above several questions

/** `find(fold)` is the text's translation in a fold; what has none there stays in its own language. */
function place(element, original, folds, find) {
  if (!originals.has(element)) originals.set(element, [original, [...element.childNodes]]);
  const [first, nodes] = originals.get(element);
  const said = new Map([[first, nodes]]);
  for (const fold of folds) {
    const found = find(fold);
    if (found && fold.dataset.language !== first) said.set(fold.dataset.language, [...found.cloneNode(true).childNodes]);
  }
  return (language) => {
    const has = said.has(language) ? language : first;
    element.replaceChildren(...said.get(has));
    element.lang = has;
  };
}

// In a list to choose from stand words only; a letter before them stays, and so does a letter alone.
function listed(option, original, folds) {
  const [, letter, words] = /^([A-Z]: )?(.*)$/s.exec(option.textContent);
  if (/^[A-Z]$/.test(words)) return () => {};
  return (language) => {
    const fold = folds.find(({ dataset }) => dataset.language === language);
    option.textContent = (letter ?? "") + (fold?.querySelector(`[data-option="${CSS.escape(option.value)}"] .what`)?.textContent ?? words);
  };
}

/** What puts the passage above a form in a language, as far as any question on it brings that. */
export function passageOf(form) {
  const group = form.closest(".with-passage");
  const passage = group?.querySelector(".passage");
  if (!passage) return () => {};
  return place(passage, passage.lang || "en", group.querySelectorAll(".translation"), (fold) => fold.querySelector("[data-passage]"));
}

/** What puts each text of the form in place, and whether that is all of them: `put(language)`. */
export function placesOf(form, folds) {
  const { original } = folds[0].dataset;
  const put = (element, find) => place(element, original, folds, find);
  const byId = (id) => (fold) => fold.querySelector(`[data-option="${CSS.escape(id)}"] .what`);
  const own = [...form.querySelectorAll(".stem")].filter((each) => !each.closest(".translation"));
  const isWhole = !own.some((each) => each.querySelector("input, select"));
  const above = [passageOf(form)];
  if (!isWhole) return { places: above, isWhole };
  const texts = own.map((each, at) => put(each, (fold) => (at ? document.createElement("i") : fold.querySelector("[data-stem]"))));
  for (const box of form.querySelectorAll(".options [name=choice]")) texts.push(put(box.closest(".option").querySelector(".what"), byId(box.value)));
  for (const select of form.querySelectorAll("select[name^='pair.']")) texts.push(put(select.labels[0], byId(select.name.slice(5))));
  for (const item of form.querySelectorAll("[data-items] [data-id]")) texts.push(put(item.querySelector("span:not(.letter)"), byId(item.dataset.id)));
  for (const right of form.querySelectorAll("[data-right]")) texts.push(put(right.querySelector(".what"), byId(right.dataset.right)));
  for (const option of form.querySelectorAll("select option[value]:not([value=''])")) texts.push(listed(option, original, folds));
  return { places: [...above, ...texts], isWhole };
}

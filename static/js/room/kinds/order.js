// An order: the items themselves move, by their buttons or the arrow keys on them. The lists of places, which do without
// scripts, keep what is saved; they stay empty until an item was moved or the order kept, so looking is no answer.
import * as say from "../say.js";

/** Take over one question's form. */
export function attach(form) {
  const list = form.querySelector("[data-items]");
  const places = [...form.querySelectorAll("[data-places] select")];
  const untouched = form.querySelector("[data-untouched]");
  const first = [...list.children];
  const letterOf = (item) => item.querySelector(".letter");
  form.querySelector("[data-places]").hidden = true;
  for (const item of first) {
    letterOf(item).hidden = true;
    item.querySelector(".row").hidden = false;
  }

  function keep() {
    [...list.children].forEach((item, place) => (places[place].value = item.dataset.id));
    untouched.hidden = true;
    places[0].dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** Show what the places hold: the items that have one, then the others as they were at first. */
  function follow() {
    const chosen = places.map((place) => place.value).filter(Boolean);
    const placed = chosen.map((id) => first.find((item) => item.dataset.id === id));
    list.append(...placed, ...first.filter((item) => !placed.includes(item)));
    untouched.hidden = chosen.length > 0;
  }

  function move(item, step) {
    const other = step < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    const button = document.activeElement;
    if (step < 0) other.before(item);
    else other.after(item);
    if (item.contains(button)) button.focus();
    keep();
    const at = [...list.children].indexOf(item) + 1;
    say.announce(`${item.children[1].textContent.trim()}, now ${at} of ${list.children.length}`);
  }

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (button) move(button.closest("li"), Number(button.dataset.move));
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || !event.target.matches("[data-move]")) return;
    event.preventDefault();
    move(event.target.closest("li"), step);
  });
  form.querySelector("[data-keep]").addEventListener("click", () => {
    keep();
    list.querySelector("[data-move]").focus();
    say.announce("This order is kept");
  });
  form.addEventListener("mockhall:fill", follow);
  follow();
}

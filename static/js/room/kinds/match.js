// A match: how many are matched, and which choices are used already.

/** Take over one question's form. */
export function attach(form) {
  const lists = [...form.querySelectorAll(".match select")];
  const count = form.querySelector("[data-matched]");
  const rest = count.textContent.replace(/^.*?\. */s, "");

  function tell() {
    const used = lists.map((list) => list.value).filter(Boolean);
    count.textContent = `${used.length} of ${lists.length} matched. ${rest}`;
    for (const list of lists) {
      for (const option of list.options) {
        const elsewhere = option.value && option.value !== list.value && used.includes(option.value);
        option.text = option.text.replace(/ \(used\)$/, "") + (elsewhere ? " (used)" : "");
      }
    }
  }

  form.addEventListener("change", tell);
  form.addEventListener("mockhall:fill", tell);
  tell();
}

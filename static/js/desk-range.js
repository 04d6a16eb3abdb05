// The list of questions: with Shift, a click or the space bar ticks, or unticks, all rows from the last one to this.

let last;

document.addEventListener("click", (event) => {
  const box = event.target.closest("td > input[name=question]");
  if (!box) return;
  if (event.shiftKey && last?.isConnected) {
    const all = [...document.querySelectorAll("td > input[name=question]")];
    const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((one, other) => one - other);
    const on = box.checked; // now: who hears of the first row shows all others as they are known
    for (const each of all.slice(from, to + 1)) {
      each.checked = on;
      each.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
  last = box;
});

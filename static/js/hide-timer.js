// Buttons with data-hide-timer hide the digits, never the warnings; the choice is kept for this tab. What counts the
// time asks to show them again by the event mockhall:show-timer, at 10, 5 and 1 minute.
const KEY = "hide-timer";
const buttons = [...document.querySelectorAll("[data-hide-timer]")];

function set(hidden) {
  document.querySelector(".timer")?.toggleAttribute("data-hidden", hidden);
  for (const button of buttons) button.setAttribute("aria-pressed", String(hidden));
  try {
    sessionStorage.setItem(KEY, hidden ? "1" : "");
  } catch {
    // Storage is blocked: it holds until the page is left.
  }
}

function wasHidden() {
  try {
    return sessionStorage.getItem(KEY) === "1";
  } catch {
    return false;
  }
}

for (const button of buttons) {
  button.hidden = false;
  button.addEventListener("click", () => set(button.getAttribute("aria-pressed") !== "true"));
}
if (wasHidden()) set(true);
document.addEventListener("mockhall:show-timer", () => set(false));

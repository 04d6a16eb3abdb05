// Buttons with data-theme-toggle switch between light and dark, and the choice is kept: on this device for the next
// page's first paint, and as a cookie so that the server writes it into the page.
const root = document.documentElement;
const YEAR = 31536000;

function keep(theme) {
  root.dataset.theme = theme;
  document.cookie = `theme=${theme}; path=/; max-age=${YEAR}; samesite=lax`;
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // Storage is blocked: the cookie is enough.
  }
}

function toggle() {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  keep(dark ? "light" : "dark");
}

for (const button of document.querySelectorAll("[data-theme-toggle]")) {
  button.hidden = false; // without JavaScript it would do nothing, so it starts hidden
  button.addEventListener("click", toggle);
}

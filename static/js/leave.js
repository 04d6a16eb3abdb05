// Leaving this computer clears what was kept on it. Browsers do so by themselves only on https (Clear-Site-Data), and a
// college's own address is often plain http.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[action='/sign-out']")) return;
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith("mockhall:")) localStorage.removeItem(key);
    sessionStorage.clear();
  } catch {
    // Storage is blocked: nothing was kept.
  }
});

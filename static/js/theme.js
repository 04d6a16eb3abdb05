// Render-blocking and in the head: puts on the theme this device chose before anything is painted.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is blocked: the server has read the cookie, or the system's theme holds.
}

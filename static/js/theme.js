// Render-blocking and in the head: puts on the theme and the room's text size this device chose, before anything is painted.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  const text = localStorage.getItem("text");
  if (/^[1-5]$/.test(text)) document.documentElement.dataset.text = text;
} catch {
  // Storage is blocked: the server has read the cookie, or the system's theme holds.
}

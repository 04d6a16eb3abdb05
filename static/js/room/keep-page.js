// Leaves the room's page and its files with the device, for room-worker.js. Loaded a moment after the start; browsers
// without the means, or pages on plain http, go on without: everything but a reload without the network works.
const data = document.getElementById("room").dataset;
const LATER = ["hand-in", "elsewhere"];

/** The page as a reload would get it, with every question that has come since; no answers, those are kept by themselves. */
function html() {
  const page = document.documentElement.cloneNode(true);
  for (const element of page.querySelectorAll("#notice > *, #announce > *, .toasts, #hand-in > *")) element.remove();
  for (const form of page.querySelectorAll("form[data-number]")) {
    form.hidden = form.dataset.number !== data.here;
    form.inert = false;
  }
  for (const button of page.querySelectorAll("#actions [form], [data-default]")) button.setAttribute("form", `question-${data.here}`);
  for (const dialog of page.querySelectorAll("dialog")) dialog.removeAttribute("open");
  page.querySelector("#room").removeAttribute("data-offline");
  return `<!doctype html>\n${page.outerHTML}`;
}

function files() {
  const loaded = performance.getEntriesByType("resource").map((entry) => new URL(entry.name).pathname);
  const room = document.querySelector("script[src$='/room/room.js']").getAttribute("src");
  return new Set([...loaded.filter((path) => path.startsWith("/static/")), ...LATER.map((name) => room.replace("room.js", `${name}.js`))]);
}

/** Keep the page as it is now; again whenever more questions have come. */
export async function keep() {
  if (!("serviceWorker" in navigator && "caches" in window) || data.offline) return;
  const headers = { "Content-Type": "text/html; charset=utf-8", "Kept-At": String(Date.now()) };
  await navigator.serviceWorker.register("/room-worker.js", { scope: "/attempts/" });
  const store = await caches.open(`mockhall-room-${data.code}`);
  await store.put(`/attempts/${data.code}`, new Response(html(), { headers }));
  await Promise.all([...files()].map(async (path) => (await store.match(path)) ?? store.add(path)));
}

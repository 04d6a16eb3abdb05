// Lets a room that runs be opened again without the network. It asks the network first, always; only where there is no
// reply it gives the page that room/keep-page.js left, which says by itself that it is offline. It keeps nothing itself.
const PAGE = /^\/attempts\/([\w-]+)(?:\/questions\/\d+)?$/;
const PATIENCE = 6000; // ms
// As the server sends it with every page (mockhall/web/guard.py).
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
  + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const storeOf = (code) => `mockhall-room-${code}`;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function kept(code) {
  const page = (await caches.has(storeOf(code))) && (await (await caches.open(storeOf(code))).match(`/attempts/${code}`));
  if (!page) return null;
  const html = (await page.text()).replace('id="room"', `id="room" data-offline="${page.headers.get("Kept-At")}"`);
  return new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY } });
}

async function open(request, code) {
  let reply = null;
  try {
    reply = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    // No connection, or none to speak of.
  }
  if (reply && reply.status < 500) {
    // It has ended, or whoever is signed in now may not see it: then it must not open from here either.
    if (!reply.ok) await caches.delete(storeOf(code));
    return reply;
  }
  return (await kept(code)) ?? reply ?? Response.error();
}

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin) return;
  const code = PAGE.exec(pathname)?.[1];
  if (code && event.request.mode === "navigate") event.respondWith(open(event.request, code));
  else if (pathname.startsWith("/static/")) {
    event.respondWith(fetch(event.request).catch(async (error) => (await caches.match(event.request.url)) ?? Promise.reject(error)));
  }
});

// Counts down to an opening by the server's clock: <b data-countdown="..." data-server-now="..." data-opens="start">. At
// zero the part of the page with the id in data-opens is fetched anew, each page within 2 s by its own chance, so that
// a hall that waits does not ask all at once; without data-opens the page is loaded again.
const SPREAD = 2000;
const SECOND = 1000;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const two = (n) => String(n).padStart(2, "0");

function words(ms) {
  const seconds = Math.max(0, Math.ceil(ms / SECOND));
  const [days, hours, minutes] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
  const clock = days || hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
  return days ? `${days} d ${clock}` : clock;
}

class Countdown {
  constructor(place) {
    this.place = place;
    this.opens = Date.parse(place.dataset.countdown);
    // The server wrote its time when the page's first byte left, not when this script came to run.
    const written = performance.getEntriesByType("navigation")[0]?.responseStart ?? performance.now();
    this.offset = Date.parse(place.dataset.serverNow) - written;
    this.drift = Date.now() - performance.now();
  }

  left() {
    return this.opens - (performance.now() + this.offset);
  }

  async run() {
    while (this.left() > 0) {
      this.place.textContent = words(this.left());
      await pause(Math.min(this.left(), SECOND - 20));
      await this.wake();
    }
    this.place.textContent = words(0);
    await pause(Math.random() * SPREAD);
    this.place.dataset.opens ? await this.open() : location.reload();
  }

  // A computer that slept may have stopped performance.now(): the server is asked how late it is.
  async wake() {
    const drift = Date.now() - performance.now();
    if (Math.abs(drift - this.drift) < 2000) return;
    this.drift = drift;
    const sent = performance.now();
    const reply = await fetch(location.pathname, { headers: { Accept: "application/json" } }).catch(() => null);
    const told = reply?.ok ? await reply.json().catch(() => ({})) : {};
    if (told.server_now) this.offset = Date.parse(told.server_now) - (sent + performance.now()) / 2;
  }

  async open() {
    for (let tries = 0; ; tries += 1) {
      const fresh = await this.fetched();
      if (fresh && !fresh.querySelector("[data-countdown]")) return this.show(fresh);
      await pause(Math.min(30000, 2000 * 2 ** tries) * (0.8 + Math.random() * 0.4));
    }
  }

  async fetched() {
    try {
      const reply = await fetch(location.pathname, { headers: { Accept: "text/html" } });
      if (!reply.ok) return null;
      return new DOMParser().parseFromString(await reply.text(), "text/html").getElementById(this.place.dataset.opens);
    } catch {
      return null; // no connection, or a server that is busy: asked again, less and less often
    }
  }

  show(fresh) {
    const old = document.getElementById(this.place.dataset.opens);
    const wasInside = old.contains(document.activeElement);
    old.replaceWith(fresh);
    document.dispatchEvent(new CustomEvent("htmx:after:swap")); // times read in the viewer's zone there too
    if (wasInside) fresh.focus();
    const said = document.getElementById("opened");
    if (said) said.textContent = "The test is open. You can start now.";
  }
}

for (const place of document.querySelectorAll("[data-countdown]")) new Countdown(place).run();

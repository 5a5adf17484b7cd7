// Guarda la página entera la primera vez, para que después funcione sin conexión.
importScripts("archivos.js"); // VERSION y FILES, escritos al hacer la página

const PREFIX = "es2pt-";
const CACHE = PREFIX + VERSION;

self.addEventListener("install", (event) => {
  const requests = FILES.map((file) => new Request(file, { cache: "no-cache" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(requests)));
});

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(old(names).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const answer = caches
    .open(CACHE)
    .then((cache) => cache.match(event.request, { ignoreSearch: true }))
    .then((saved) => saved ?? fetch(event.request));
  event.respondWith(answer);
});

// The service worker: all files are kept on installation and served from there. A new version of the page takes over
// when the last window of the old one is closed, so that no window mixes the two. The build puts VERSION and FILES above.

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(VERSION).then((cache) => cache.addAll(FILES)));
});

self.addEventListener("activate", (event) => {
  const old = async () => (await caches.keys()).filter((name) => name !== VERSION).map((name) => caches.delete(name));
  event.waitUntil(old().then((deleted) => Promise.all(deleted)).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  const kept = caches.match(event.request, { cacheName: VERSION, ignoreSearch: true });
  event.respondWith(kept.then((response) => response ?? fetch(event.request)));
});

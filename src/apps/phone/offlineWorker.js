// The phone app's service worker: keeps the app's own files of one release, and nothing else. The interface is never
// answered from here: what is kept of it lies with its person in IndexedDB. The build fills in release and files.
const release = '__RELEASE__';
const files = __FILES__;
const page = '/m/';
const cacheName = `phone-${release}`;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches.open(cacheName).then((cache) => cache.addAll(files.map((file) => new Request(file, { cache: 'no-cache' })))),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('message', (event) => {
  if (event.data === 'take-over') self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin || url.pathname.startsWith('/api/')) return;
  const isPage = event.request.mode === 'navigate' && (url.pathname === '/m' || url.pathname.startsWith(page));
  if (!isPage && !files.includes(url.pathname)) return;
  event.respondWith(
    caches
      .open(cacheName)
      .then((cache) => cache.match(isPage ? page : url.pathname))
      .then((kept) => kept ?? fetch(event.request)),
  );
});

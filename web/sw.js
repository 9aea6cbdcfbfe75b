// Keeps the page for when there is no network. One build is kept whole, under its own
// name: its index.html is answered only together with the files that it names, and those
// are named by their content. A new build is stored in the background and waits until the
// person takes it. What is not needed at first, the program that trains say, is kept when
// it is first used. The page asks with messages: {take} moves to a waiting build,
// {store} keeps files by their names, {all} every file, {mend} throws away what is
// damaged; each is answered on its port with {error}, if there is one.
"use strict";

const build = "{{build}}";
const files = {{assets}};
const texts = {{words}};
const name = `tenfold-${build}`;
const home = new URL("./", self.location).href;
const at = (url) => new URL(url, home).href;
// The page names its worker's program and its network behind the ? of this script's address.
const first = ["page.js", "worker.js", "wasm_exec.js", "style.css", "icon.svg", "icon-192.png", "icon-512.png", "icon-maskable.png", "start.bin", "ui.wasm", ...self.location.search.slice(1).split(",")];

// sound says whether a body is the one that a hashed address promises.
async function sound(url, body) {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  const hex = [...sum.slice(0, 5)].map((b) => b.toString(16).padStart(2, "0")).join("");
  return url.includes(`.${hex}.`);
}

// keep fetches a file and stores it, if it is what its address says.
async function keep(cache, url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  const body = await response.arrayBuffer();
  if (!(await sound(url, body))) throw new Error(texts.Damaged.replace("{}", () => url));
  await cache.put(url, copy(response, body));
}

// copy is a response as it can be stored: its body is not compressed any more.
function copy(response, body) {
  const headers = new Headers(response.headers);
  for (const h of ["Content-Encoding", "Content-Length"]) headers.delete(h);
  return new Response(body, { headers });
}

async function install() {
  const cache = await caches.open(name);
  await Promise.all(first.filter((f) => files[f]).map(async (f) => {
    const url = at(files[f].url);
    if (!(await cache.match(url))) await keep(cache, url);
  }));
  const page = await fetch(home, { cache: "no-store" });
  const text = await page.text();
  if (!page.ok || !text.includes(files["page.js"].url)) throw new Error(texts.OtherBuild);
  await cache.put(home, copy(page, text)); // the last one: without it nothing here is used
}

// tidy removes other builds, unless a tab may still live on one.
async function tidy() {
  const tabs = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (tabs.length > 1) return;
  for (const old of await caches.keys()) if (old.startsWith("tenfold-") && old !== name) await caches.delete(old);
}

// repair throws away what is damaged, so that it is fetched again.
async function repair() {
  const cache = await caches.open(name);
  for (const request of await cache.keys()) {
    if (request.url === home) continue;
    const response = await cache.match(request);
    if (!(await sound(request.url, await response.arrayBuffer()))) await cache.delete(request);
  }
}

// trusted says whether a stored file is what its address promises. Programs are not
// looked at here, because the browser would compile them again; the page asks to {mend}
// when one does not start.
async function trusted(url, response) {
  if (url.endsWith(".wasm") || (await sound(url, await response.clone().arrayBuffer()))) return true;
  await (await caches.open(name)).delete(url);
  return false;
}

// kept is what is stored for a request, if that can be read and is what it should be.
async function kept(url, page) {
  try {
    const cache = await caches.open(name);
    const response = await cache.match(page ? home : url) ?? (page ? undefined : await caches.match(url));
    return response && (page || (await trusted(url, response))) ? response : undefined;
  } catch {} // a browser may take its storage away, or have no room to look
}

// store keeps what has come, if there is room for it: an answer does not hang on it.
async function store(url, response) {
  try {
    const body = await response.arrayBuffer();
    if (await sound(url, body)) await (await caches.open(name)).put(url, copy(response, body));
  } catch {} // the next visit fetches it again
}

async function answer(event) {
  const url = event.request.url.split(/[?#]/)[0];
  const page = url === home || url === at("index.html");
  const stored = await kept(url, page);
  if (stored) return stored;
  const response = await fetch(event.request);
  if (!page && response.status === 200) event.waitUntil(store(url, response.clone()));
  return response;
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(tidy().then(() => self.clients.claim())));
self.addEventListener("fetch", (event) => {
  const url = event.request.url.split(/[?#]/)[0];
  const ours = url === home || url === at("index.html") || Object.values(files).some((f) => url === at(f.url)) || /\.[0-9a-f]{10}\.[a-z0-9]+$/.test(url);
  if (event.request.method === "GET" && url.startsWith(home) && ours) event.respondWith(answer(event));
});
self.addEventListener("message", (event) => event.waitUntil((async () => {
  const { take, store, all, mend } = event.data;
  let error;
  try {
    if (take) await self.skipWaiting();
    if (mend) await repair();
    const cache = await caches.open(name);
    for (const f of all ? Object.keys(files) : store ?? []) {
      const url = at(files[f].url);
      if (!(await cache.match(url))) await keep(cache, url);
    }
  } catch (e) { error = String(e.message ?? e); }
  event.ports[0]?.postMessage({ error });
})()));

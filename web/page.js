// Starts the page. The worker, which is small, comes first, with the model and the
// picture that the page opens with, so that there is an answer before the canvas
// program is compiled. What that program needs of the browser in addition to syscall/js is
// in globalThis.tenfold.

// {} in a text is a place for a figure or a reason.
const filled = (text, ...parts) => parts.reduce((s, part) => s.replace("{}", () => part), text);

let failed = false; // the page could not start, and says why

// fail says that the page cannot start, and why. The first reason stays. It needs nothing that
// might not be there yet: its text stands in the page itself.
function fail(message) {
  if (failed) return;
  failed = true;
  const text = filled(document.getElementById("loading").dataset.fail, message);
  document.getElementById("loading").hidden = false;
  document.getElementById("loading-text").textContent = text;
  for (const part of ["picture", "answer", "bar"]) document.getElementById(`loading-${part}`).hidden = true;
  document.getElementById("status").textContent = text;
}

const words = (error) => String(error?.message ?? error);
addEventListener("error", (event) => { if (!globalThis.tenfold?.shown) fail(event.message); });

// The texts are those of package words, which web/pack has written into the page.
const texts = JSON.parse(document.getElementById("words").textContent);

const files = JSON.parse(document.getElementById("files").textContent);
const received = {};

// Where the browser asks for it (Trusted Types), code comes from this build's files alone.
const ours = (url) => Object.values(files).some((f) => url === f.url || url.startsWith(`${f.url}#`)) || url.startsWith("sw.js?");
const script = (globalThis.trustedTypes ?? { createPolicy: (_, rules) => rules }).createPolicy("tenfold", {
  createScriptURL(url) {
    if (!ours(url)) throw new TypeError(`${url} is not of this page`);
    return url;
  },
});

// Two of the smallest programs tell what the browser's WebAssembly can do: one splats
// a vector, the other multiplies and adds three with relaxed SIMD.
const can = (...code) => WebAssembly.validate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, ...code]));
const simd = () => can(5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11);
const relaxed = () => can(8, 1, 96, 3, 123, 123, 123, 1, 123, 3, 2, 1, 0, 10, 13, 1, 11, 0, 32, 0, 32, 1, 32, 2, 253, 133, 2, 11);
const workerProgram = globalThis.WebAssembly && relaxed() ? "worker-relaxed.wasm" : "worker.wasm";
// opening is the name of the network that the page opens with.
const opening = document.documentElement.dataset.network, network = `${opening}.safetensors`;
let newest, newestTrainer, newestDrafter; // the workers that were started last
let settle; // resolves answered
const answered = new Promise((resolve) => { settle = resolve; }); // the first worker has spoken

// travels is how many bytes of a file travel: less than it has, where it comes compressed.
// Until its answer is here it is taken to come as small as this server can send it.
const coding = {};
const travels = (name) => files[name].coded?.[coding[name] ?? "br"] ?? files[name].bytes;

// show says how much has come, of all that comes before the first prediction, and where that takes a while
// how long it will be.
function show(name, bytes) {
  received[name] = bytes;
  if (failed) return;
  const needed = ["ui.wasm", workerProgram, network];
  const total = needed.reduce((sum, n) => sum + travels(n), 0);
  const sum = needed.reduce((s, n) => s + travels(n) * Math.min((received[n] ?? 0) / files[n].bytes, 1), 0);
  const bar = document.getElementById("loading-bar");
  bar.value = Math.max(bar.value, sum / total); // a host that does not compress makes the total more
  const megabytes = (n) => (n / 1e6).toFixed(1);
  const seconds = performance.now() / 1000, left = sum > 0 ? Math.ceil((total / sum - 1) * seconds) : 0;
  document.getElementById("loading-text").textContent = sum >= total ? texts.Starting
    : seconds > 2 && left > 2 ? filled(texts.LoadingLeft, megabytes(sum), megabytes(total), left)
    : filled(texts.LoadingOf, megabytes(sum), megabytes(total));
}

// A browser may forbid a page its storage (cookies are blocked, say): naming it throws
// then, and what is kept lasts until the page is closed.
function storage(name) {
  const own = new Map();
  return {
    get(key) { try { return globalThis[name].getItem(key); } catch { return own.get(key) ?? null; } },
    set(key, value) { try { globalThis[name].setItem(key, value); } catch { own.set(key, value); } },
    remove(key) { try { globalThis[name].removeItem(key); } catch { own.delete(key); } },
  };
}
const visit = storage("sessionStorage"), always = storage("localStorage");

// load fetches a file and counts its bytes, decompressed. A program is handed on as it came: the
// browser keeps what it has compiled of such a one for the next visit. Where the host gives it
// another type, it gets the right one.
async function load(name) {
  const response = await fetch(files[name].url);
  const type = response.headers.get("Content-Type") ?? "";
  if (!response.ok) throw new Error(filled(texts.ServerAnswers, files[name].url, response.status));
  if (type.startsWith("text/html")) throw new Error(filled(texts.ServerSendsPage, files[name].url));
  coding[name] = response.headers.get("Content-Encoding") ?? "";
  if (name.endsWith(".wasm") && type.startsWith("application/wasm")) {
    watch(name, response.clone().body.getReader()).catch(() => {}); // the response itself says what is wrong
    return response;
  }
  let bytes = 0;
  const count = new TransformStream({
    transform(chunk, controller) {
      show(name, (bytes += chunk.byteLength));
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(count), { headers: { "Content-Type": name.endsWith(".wasm") ? "application/wasm" : type } });
}

// watch counts what has come of a copy.
async function watch(name, reader) {
  for (let bytes = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return;
    show(name, (bytes += value.byteLength));
  }
}

// startWorker makes a worker that runs a program; first is what it starts with. Until
// listen is called its messages wait.
function startWorker(program, first) {
  const worker = new Worker(script.createScriptURL(`${files["worker.js"].url}#${files["wasm_exec.js"].url}`));
  const waiting = [];
  let listener = (data) => waiting.push(data);
  worker.onmessage = ({ data }) => {
    if (data.first) greet(data.first);
    else listener(data);
    settle();
  };
  worker.onerror = (event) => worker.onmessage({ data: { failed: event.message || texts.NoWorker } });
  Promise.all([program, first]).then(
    ([program, first]) => worker.postMessage({ program, first }),
    (error) => worker.onmessage({ data: { failed: words(error) } }),
  );
  return {
    listen(f) { listener = f; for (const data of waiting.splice(0)) f(data); },
    hold() { listener = (data) => waiting.push(data); },
    post(buffer) { worker.postMessage(buffer, [buffer]); },
    bring(file) { worker.postMessage({ file }); },
    import(files) { worker.postMessage({ import: files }); },
    lose() { worker.postMessage({ lose: true }); },
    stop() { worker.terminate(); },
  };
}

// later starts a worker whose program is loaded when it is first needed, and kept from then on, with
// what it can begin with.
const laterPrograms = {};
const beside = { "trainer.wasm": Object.keys(files).filter((name) => name.endsWith(".safetensors")) };
function later(name) {
  const program = laterPrograms[name] ??= WebAssembly.compileStreaming(load(name));
  program.then(() => offline.store(name, ...(beside[name] ?? [])), () => { delete laterPrograms[name]; }).catch(() => {}); // another try loads it again
  return startWorker(program);
}

// greet shows the first answer, pairs of a class and how probable it is, until the
// canvas is there.
function greet(answer) {
  const best = [...answer].sort((a, b) => b[1] - a[1]);
  const percent = ([, p]) => p >= 0.9995 ? ">99.9%" : `${(100 * p).toFixed(1)}%`; // as package figure writes it
  document.getElementById("prediction").textContent = best.slice(0, 3).map((a) => `${a[0]} ${percent(a)}`).join(", ");
  document.getElementById("loading-answer").textContent = `${best[0][0]} ${percent(best[0])}`;
  performance.mark("first-prediction");
}

// paint shows what the network sees of the picture that the page opens with.
function paint(picture) {
  const rgb = new Uint8Array(picture), canvas = document.getElementById("loading-picture");
  const image = new ImageData(canvas.width, canvas.height);
  image.data.fill(255);
  for (let i = 0; i < rgb.length; i++) image.data[i + Math.floor(i / 3)] = rgb[i];
  canvas.getContext("2d").putImageData(image, 0, 0);
}

if (!globalThis.WebAssembly) {
  fail(texts.NoWebAssembly);
  throw new Error("no WebAssembly");
}
if (!simd()) {
  fail(texts.NoSimd);
  throw new Error("no WebAssembly SIMD");
}

const program = WebAssembly.compileStreaming(load(workerProgram));
const model = load(network).then((r) => r.arrayBuffer());
const picture = load("start.bin").then((r) => r.arrayBuffer());
let first = startWorker(program, Promise.all([model, picture]).then(([model, picture]) => ({ model, picture })));
picture.then(paint, () => {});

// size resolves to how large a file of CIFAR-10 is that the server has, 0 if it has none.
const asked = {};
const size = (name) => asked[name] ??= fetch(`data/${name}`, { method: "HEAD" }).then((r) => r.ok ? Number(r.headers.get("Content-Length")) || 30730000 : 0, () => 0);
for (const name of ["test_batch.bin", "data_batch_1.bin"]) size(name);

// Ebitengine asks for a frame sixty times a second, whether or not there is
// something to show, which costs a quiet page a tenth of a core. What it asks for
// here is given only when the canvas program has asked for it with wake.
const nextFrame = globalThis.requestAnimationFrame.bind(globalThis);
const frames = {
  held: null, // Ebitengine's request
  wanted: true,
  request(callback) {
    if (frames.wanted) { frames.wanted = false; return nextFrame(callback); }
    frames.held = callback;
    return 0;
  },
  wake() {
    const callback = frames.held;
    frames.held = null;
    if (callback) nextFrame(callback);
    else frames.wanted = true;
  },
};

// The browser ends a wake lock when the page is hidden; it is asked for again then.
const awake = {
  wanted: false,
  lock: null,
  async ask() {
    try {
      if (!awake.wanted) { await awake.lock?.release(); awake.lock = null; }
      else if (document.visibilityState === "visible" && (!awake.lock || awake.lock.released)) awake.lock = await navigator.wakeLock?.request("screen");
    } catch {} // the browser may say no, for a low battery say
  },
};
document.addEventListener("visibilitychange", awake.ask);

// offline has the browser keep the page for when there is no network; see sw.js. A new
// build waits until the user takes it.
const offline = {
  kept: null, // resolves when this build is kept
  offer() {}, // told when a new build waits
  async start() {
    if (!navigator.serviceWorker) return false;
    const registration = await navigator.serviceWorker.register(script.createScriptURL(`sw.js?${workerProgram},${network}`));
    const look = (worker) => {
      if (!worker || !registration.active) return; // the first one is no new version
      const installed = () => { if (worker.state === "installed") { offline.waiting = worker; offline.offer(); } };
      worker.addEventListener("statechange", installed);
      installed();
    };
    look(registration.waiting);
    registration.addEventListener("updatefound", () => look(registration.installing));
    await navigator.serviceWorker.ready;
    return true;
  },
  // store keeps programs that were used: they may have come before there was somebody to
  // keep them.
  async store(...names) { if (await offline.kept) await offline.ask({ store: names }); },
  // take moves to the new build.
  take() {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
    offline.waiting.postMessage({ take: true });
  },
  // ask sends the service worker a message and waits until it is done.
  async ask(message) {
    const { active } = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    return new Promise((resolve, reject) => {
      port1.onmessage = ({ data }) => data.error ? reject(new Error(data.error)) : resolve();
      active.postMessage(message, [port2]);
    });
  },
  // all keeps everything.
  all() { return offline.ask({ all: true }); },
};

// mend has what is kept of the page looked at when it does not start, and tries once more.
async function mend(error) {
  const text = words(error);
  if (!navigator.serviceWorker?.controller || visit.get("mended")) return fail(text);
  visit.set("mended", text);
  await offline.ask({ mend: true });
  location.reload();
}

// What is asked of the server of a room that shares projects; see server/share.
let asking; // the request under way
function room(method, code, key, body, most, far) {
  const bytes = body?.size ?? 0;
  if (most && bytes > most) return { status: 413, text: "", bytes };
  return new Promise((resolve) => {
    const request = asking = new XMLHttpRequest();
    request.open(method, code ? `share/${encodeURIComponent(code)}` : "share");
    request.responseType = "blob";
    request.timeout = 10 * 60 * 1000;
    if (key) request.setRequestHeader("X-Tenfold-Key", encodeURIComponent(key)); // a header has no other letters
    if (body) request.setRequestHeader("Content-Type", "application/zip");
    const tell = ({ loaded, total }) => far(loaded, total);
    if (body) request.upload.onprogress = tell;
    else if (code) request.onprogress = tell;
    request.onload = async () => {
      const answer = request.response, taken = method === "GET" && code && request.status === 200;
      resolve({ status: request.status, bytes, text: taken ? "" : await answer.text(), file: taken && new File([answer], `${code}.zip`, { type: "application/zip" }) });
    };
    request.onerror = request.ontimeout = () => resolve({ status: -1, text: "", bytes });
    request.onabort = () => resolve({ status: -2, text: "", bytes });
    request.send(body);
  });
}

globalThis.tenfold = {
  // room resolves to the status of what the server answers, its text or, of a project, the file;
  // far hears how many bytes have gone or come. leaveRoom ends it.
  async room(...args) { return room(...args); },
  leaveRoom() { asking?.abort(); },
  // worker returns the worker that was started with the page, later new ones.
  worker() { newest = first ?? startWorker(program); first = null; return newest; },
  // trains says whether a worker that trains has outlived the canvas program.
  trains() { return !!newestTrainer?.orphan; },
  // trainer starts a worker that trains, or returns the running one.
  trainer() {
    if (newestTrainer?.orphan) { newestTrainer.orphan = false; return newestTrainer; }
    return newestTrainer = later("trainer.wasm");
  },
  // drafter starts a worker that writes and converts networks.
  drafter() { return newestDrafter = later("drafter.wasm"); },
  model() { return model; },
  opening,
  // network resolves to the file of another pretrained network, which is kept then.
  async network(name) {
    const file = `${name}.safetensors`;
    const bytes = await (await load(file)).arrayBuffer();
    offline.store(file).catch(() => {}); // it works as long as there is a network
    return bytes;
  },
  // kit resolves to files of this build, which are kept then.
  async kit(names) {
    const all = await Promise.all(names.map(async (name) => new Uint8Array(await (await load(name)).arrayBuffer())));
    offline.store(...names).catch(() => {}); // it works as long as there is a network
    return all;
  },
  // head resolves to the first bytes of a file, up to a number.
  head(file, bytes) { return file.slice(0, bytes).arrayBuffer(); },
  // dropped takes what is dropped or pasted, as long as the event lasts: what files wants, and
  // what there is in words.
  dropped(data) {
    const items = [...(data?.items ?? [])].filter((item) => item.kind === "file").map((item) => [item.getAsFile(), item.webkitGetAsEntry?.()]);
    return { items, markup: data?.getData("text/html") ?? "", addresses: data?.getData("text/uri-list") ?? "", text: data?.getData("text/plain") ?? "" };
  },
  // files resolves to the files of what was dropped, those in folders too.
  async files(items) {
    const found = [], most = 20000, deep = 6;
    const walk = async (entry, depth) => {
      if (found.length >= most || depth > deep) return;
      if (entry.isFile) {
        const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
        file.lies = entry.fullPath.slice(1); // in which folders
        return void found.push(file);
      }
      const reader = entry.createReader();
      for (;;) {
        const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
        if (some.length === 0) return;
        for (const e of some) await walk(e, depth + 1);
      }
    };
    for (const [file, entry] of items) {
      if (entry?.isDirectory) await walk(entry, 0);
      else if (file) found.push(file);
    }
    return found;
  },
  size(name) { return size(name); },
  wake: frames.wake,
  // frame gives the next frame to a program that draws without Ebitengine, once it was asked
  // for with wake.
  frame(callback) { frames.request(callback); },
  // left says whether an earlier visit has left a training run in the browser's files.
  async left() {
    try {
      const dir = await (await navigator.storage.getDirectory()).getDirectoryHandle("tenfold");
      for await (const name of dir.keys()) if (name === "run-0" || name === "run-1") return true;
    } catch {} // no such folder, or a browser without
    return false;
  },
  // awake keeps the screen on while something runs, or no longer.
  awake(on) { awake.wanted = on; awake.ask(); },
  started() {
    performance.mark("canvas");
    tenfold.shown = true;
    document.getElementById("loading").hidden = true;
    visit.remove("mended");
    if (offline.kept) return; // a program before this one has seen to it
    offline.kept = offline.start();
    offline.kept.catch(() => {}); // without it the page works as long as there is a network
  },
  shown: false, // the canvas has been
  visit, // storage until the tab is closed
  always, // storage for later visits
  // keep holds what the canvas program is brought back with if it has to start again, by
  // name; state gives it back.
  keep(name, value) { state.set(name, value); },
  state(name) { return state.get(name); },
  // fault is why the canvas program was started again, if it was.
  fault: "",
  // restart ends the canvas program and starts another.
  restart(why) { canvas.end(why); },
  // kept says whether this build is kept for when there is no network.
  async kept() { return offline.kept; },
  keepAll() { return offline.all(); },
  updates(f) { offline.offer = f; if (offline.waiting) f(); },
  takeUpdate() { offline.take(); },
  fail,
  // For tests and bug reports: the worker's program, the number of answers and the
  // last one, as JSON, and ways to end workers as a browser that is short of memory
  // would.
  program: workerProgram,
  answers: 0,
  probs: "[]",
  killWorker() { newest.stop(); },
  killTrainer() { newestTrainer.stop(); },
  killHelpers() { newestTrainer.lose(); },
};

// What Go writes when a program ends; the last lines go into a report.
const said = [];
const decoder = new TextDecoder();
const write = fs.writeSync;
fs.writeSync = (fd, bytes) => {
  said.push(decoder.decode(bytes));
  said.splice(0, said.length - 400);
  return write(fd, bytes);
};

const state = new Map();
let twin = document.getElementById("twin");
const fresh = twin.cloneNode(true);
const panel = document.getElementById("fault");
const [faultText, faultAgain, faultReload, faultReport] = ["text", "again", "reload", "report"].map((part) => document.getElementById(`fault-${part}`));
let starts = 0; // of the canvas program
let canvas; // it, in the end

// run runs the canvas program, and resolves to the reason when it ends: what Go has
// written, or what was thrown through it. From then on nothing calls it any more, though
// the browser still knows its listeners.
function run(instance, go) {
  return new Promise((resolve) => {
    const resume = go._resume.bind(go);
    const end = (why) => {
      go._resume = () => {};
      go._scheduledTimeouts.clear();
      resolve(why);
    };
    const report = () => said.join("").trim() || texts.Silent;
    go._resume = () => {
      try { resume(); } catch (error) { end(String(error.stack ?? error)); return; }
      if (go.exited) end(report());
    };
    canvas = { end };
    go.run(instance).then(() => end(report()), (error) => end(String(error.stack ?? error)));
  });
}

// start starts the canvas program, for the second time by itself if it ends, and then
// when the user wishes. The workers live on.
async function start(module) {
  starts++;
  said.length = 0;
  Object.assign(frames, { held: null, wanted: true });
  const go = new Go();
  const instance = await WebAssembly.instantiate(module, go.importObject);
  performance.mark("canvas-begins");
  const browsers = globalThis.requestAnimationFrame;
  globalThis.requestAnimationFrame = frames.request; // Ebitengine takes it when it starts
  const ended = run(instance, go);
  globalThis.requestAnimationFrame = browsers;
  const why = await ended;
  if (!tenfold.shown) return fail(filled(texts.Ended, why.split("\n")[0]));
  tenfold.fault = why;
  newest.stop();
  newestDrafter?.stop();
  if (newestTrainer) { newestTrainer.hold(); newestTrainer.orphan = true; }
  for (const c of document.querySelectorAll("body > canvas")) document.body.removeChild(c);
  document.body.style.backgroundColor = ""; // Ebitengine has made it black
  twin.replaceWith(twin = fresh.cloneNode(true));
  if (starts === 1) return start(module);
  apologise(why, () => start(module));
}

// apologise says that the canvas program has ended again, over all else.
function apologise(why, again) {
  faultReport.textContent = `${navigator.userAgent}\n${why}`;
  faultText.textContent = texts.Stopped;
  faultAgain.onclick = () => { panel.hidden = true; again(); };
  faultReload.onclick = () => location.reload();
  panel.hidden = false;
  faultAgain.focus();
}

try {
  await Promise.all([program, model]);
  // On a fast connection the processor is short: the worker answers first. On a slow one the
  // connection is, and continues meanwhile.
  if (performance.now() < 1000) await answered;
  const ui = load("ui.wasm");
  await answered;
  await start(await WebAssembly.compileStreaming(ui));
} catch (error) {
  mend(error);
}

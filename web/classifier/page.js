// The exported page: draw, choose or film a picture, and see what the network says of it. The
// program and the network are in program.js and network.js, so that the page runs from a folder
// too, where nothing can be fetched.
"use strict";

const get = (id) => document.getElementById(id);
const pad = get("pad"), pen = pad.getContext("2d", { willReadFrequently: true });
const status = (text) => { get("status").textContent = text; };

// A network from a file of this page: bytes as base64.
const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

const worker = new Worker(URL.createObjectURL(new Blob([exported.exec, "\n", exported.worker], { type: "text/javascript" })));
let network, asked = 0, busy = false, waiting = false;

worker.onerror = (event) => status(`This browser cannot run the network: ${event.message || "its worker did not start"}.`);
worker.onmessage = ({ data }) => {
  if (data.failed) busy = false;
  if (data.failed) return status(`This browser cannot run the network: ${data.failed}.`);
  if (data.opened) {
    if (data.opened.error) return status(`The network cannot be opened: ${data.opened.error}.`);
    network = data.opened;
    list();
    status("Ready: draw something, upload a picture, or use the camera.");
    return classify();
  }
  busy = false;
  if (!data.answer.error) show(data.answer);
  if (waiting) classify();
};
worker.postMessage({ program: bytes(exported.program), network: bytes(exported.network) });

// list makes a row for each class.
function list() {
  get("classes").replaceChildren(...network.classes.map((name) => {
    const row = document.createElement("li"), label = document.createElement("span"), bar = document.createElement("meter"), share = document.createElement("span");
    label.textContent = name;
    bar.max = 1;
    bar.setAttribute("aria-label", name);
    share.className = "share";
    row.append(label, bar, share);
    return row;
  }));
}

// blank says whether nothing is drawn.
const blank = () => !filming && !drawn;

// classify asks for what is on the pad; the newest wins.
function classify() {
  if (!network) return;
  if (busy) { waiting = true; return; }
  waiting = false;
  if (blank()) return show({ probs: network.classes.map(() => 0) });
  busy = true;
  const { data } = pen.getImageData(0, 0, pad.width, pad.height);
  worker.postMessage({ id: ++asked, rgba: data.buffer, width: pad.width, height: pad.height, filming: !!filming });
}

// percent never says 100% of less.
const percent = (p) => p >= 0.9995 && p < 1 ? ">99.9%" : `${(100 * p).toFixed(1)}%`;

// show writes an answer, the most probable class first in words.
function show({ probs, seen }) {
  probs.forEach((p, i) => {
    const [, bar, share] = get("classes").children[i].children;
    bar.value = p;
    share.textContent = percent(p);
  });
  exported.probs = probs;
  const best = probs.indexOf(Math.max(...probs));
  const text = blank() ? "" : `${network.classes[best]} ${percent(probs[best])}`;
  get("answer").setAttribute("aria-live", filming ? "off" : "polite"); // ten answers a second are not to be listened to
  get("answer").textContent = text;
  get("doubt").hidden = blank() || !(probs[best] < network.doubt);
  if (seen) see(seen);
}

// see paints what the network sees.
function see(pixels) {
  const canvas = get("seen"), { rows, columns, channels } = network;
  canvas.width = columns;
  canvas.height = rows;
  const image = new ImageData(columns, rows);
  for (let i = 0; i < rows * columns; i++) {
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = pixels[channels * i + Math.min(c, channels - 1)];
    image.data[4 * i + 3] = 255;
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
}

// Drawing.
let drawn = false, last;
function clear() {
  stop();
  pad.width = pad.height = 320;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, pad.width, pad.height);
  pen.lineWidth = 12;
  pen.lineCap = pen.lineJoin = "round";
  pen.strokeStyle = "#18181c";
  drawn = false;
}
const place = (event) => {
  const box = pad.getBoundingClientRect();
  return [(event.clientX - box.left) * pad.width / box.width, (event.clientY - box.top) * pad.height / box.height];
};
pad.addEventListener("pointerdown", (event) => {
  if (event.button !== 0) return;
  if (filming || picture) { picture = false; clear(); }
  pad.setPointerCapture(event.pointerId);
  last = place(event);
  stroke(last);
});
pad.addEventListener("pointermove", (event) => { if (last) stroke(place(event)); });
for (const end of ["pointerup", "pointercancel"]) pad.addEventListener(end, () => { last = undefined; });
function stroke(to) {
  pen.beginPath();
  pen.moveTo(...last);
  pen.lineTo(...to);
  pen.stroke();
  last = to;
  drawn = true;
  classify();
}
get("clear").addEventListener("click", () => { picture = false; clear(); classify(); });

// Pictures.
let picture = false;
async function open(file) {
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    stop();
    const scale = Math.min(1, 1024 / Math.max(bitmap.width, bitmap.height));
    pad.width = Math.max(Math.round(bitmap.width * scale), 1);
    pad.height = Math.max(Math.round(bitmap.height * scale), 1);
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, pad.width, pad.height);
    pen.imageSmoothingQuality = "high";
    pen.drawImage(bitmap, 0, 0, pad.width, pad.height);
    bitmap.close();
    drawn = picture = true;
    classify();
  } catch {
    status(`${file.name ?? "What was pasted"} is not a picture that this browser can open. Try a JPEG or PNG.`);
  }
}
get("upload").addEventListener("click", () => get("file").click());
get("file").addEventListener("change", (event) => {
  if (event.target.files[0]) open(event.target.files[0]);
  event.target.value = "";
});
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => { event.preventDefault(); if (event.dataTransfer.files[0]) open(event.dataTransfer.files[0]); });
addEventListener("paste", (event) => { if (event.clipboardData.files[0]) open(event.clipboardData.files[0]); });

// The camera.
let filming = null, front = true, wishes = 0;
const video = document.createElement("video");
video.playsInline = video.muted = true;
function stop() {
  filming?.getTracks().forEach((track) => track.stop());
  filming = null;
  wishes++; // one that is on its way is not wanted any more
  pad.style.transform = "";
  get("camera").setAttribute("aria-pressed", "false");
  get("turn").hidden = true;
}
async function film() {
  stop();
  try {
    const mine = wishes;
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: front ? "user" : "environment" } });
    if (mine !== wishes) return stream.getTracks().forEach((track) => track.stop());
    filming = stream;
    video.srcObject = filming;
    await video.play();
  } catch (error) {
    stop();
    const why = { NotAllowedError: "it was not allowed", NotFoundError: "there is none", NotReadableError: "something else uses it" }[error?.name];
    return status(`The camera cannot be used: ${why ?? "this page would have to come over https or from this computer"}.`);
  }
  get("camera").setAttribute("aria-pressed", "true");
  get("turn").hidden = false;
  pad.style.transform = front ? "scaleX(-1)" : ""; // a mirror to look at; the network sees it as it is
  picture = true;
  const frame = () => {
    if (!filming) return;
    const side = Math.min(video.videoWidth, video.videoHeight);
    if (side > 0) {
      if (pad.width !== 320 || pad.height !== 320) pad.width = pad.height = 320;
      pen.drawImage(video, (video.videoWidth - side) / 2, (video.videoHeight - side) / 2, side, side, 0, 0, pad.width, pad.height);
      drawn = true;
      classify();
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}
get("camera").addEventListener("click", () => { if (filming) { stop(); clear(); classify(); } else film(); });
get("turn").addEventListener("click", () => { front = !front; film(); });
clear();

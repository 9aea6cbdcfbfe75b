// Starts the contenders, each in its own workers, and sends them requests. A
// question is an object as nn/bench has it; so is the answer.
"use strict";

const contenders = {};

// patience is how many seconds a worker may take to start.
const patience = 180;

// begin starts a contender: its script, how many workers, and what the script is to
// know. The first of several workers leads, and the others have a channel to it, unless
// they work apart.
async function begin(name, script, count, settings) {
  const [model, pictures, test] = await Promise.all([bytes(settings.model), bytes("pictures.bin"), settings.test && bytes(settings.test)]);
  const channels = Array.from({ length: settings.module || settings.apart ? 0 : count - 1 }, () => new MessageChannel());
  const workers = [];
  for (let rank = count - 1; rank >= 0; rank--) { // the one that leads comes last
    const worker = new Worker(script, { type: settings.module ? "module" : "classic" });
    const loaded = await within(patience, answered(worker));
    if (loaded.error) return loaded;
    workers.unshift(worker);
    const leader = channels[rank - 1]?.port2, helpers = rank === 0 && !settings.apart && channels.map((c) => c.port1);
    const told = { ...settings, model, pictures, test, leader, helpers };
    const answer = await within(patience, say(worker, told, [leader, ...(helpers || [])].filter(Boolean)));
    if (answer.error) return answer;
  }
  contenders[name] = { workers, apart: settings.apart };
  return {};
}

async function bytes(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

function answered(worker) {
  return new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(JSON.parse(data));
    worker.onerror = (event) => resolve({ error: event.message || "the worker does not start" });
  });
}

// within returns a promise's answer, or an error if there is none in the given number of seconds.
function within(seconds, promise) {
  const late = new Promise((resolve) => setTimeout(() => resolve({ error: `no answer within ${seconds} s` }), 1000 * seconds));
  return Promise.race([promise, late]);
}

function say(worker, message, ports = []) {
  const answer = answered(worker);
  worker.postMessage(message, ports);
  return answer;
}

// ask puts a question to a contender. Its workers share the pictures of an inference, and
// each trains where they work apart; it takes as long as the slowest of them.
async function ask(name, request) {
  const { workers, apart } = contenders[name];
  const asked = { ...request };
  if (request.do === "infer") asked.batch /= workers.length;
  const all = request.do === "infer" || (apart && request.do === "train") ? workers : workers.slice(0, 1);
  const answers = await Promise.all(all.map((worker) => say(worker, JSON.stringify(asked))));
  const slowest = (what) => Math.max(...answers.map((a) => a[what]));
  return answers.find((a) => a.error) ?? (answers.length > 1 ? { median: slowest("median"), mean: slowest("mean") } : answers[0]);
}

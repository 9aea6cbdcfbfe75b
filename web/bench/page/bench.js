// Starts the contenders, each in workers of its own, and puts questions to them. A
// question is an object as nn/bench has it; so is the answer.
"use strict";

const contenders = {};

// begin starts a contender: its script, how many workers, and what the script is to
// know. Workers of one contender share memory.
async function begin(name, script, count, settings) {
  const [model, pictures, test] = await Promise.all([bytes(settings.model), bytes("pictures.bin"), settings.test && bytes(settings.test)]);
  const memory = new SharedArrayBuffer(count > 1 ? 64 + count * (8 << 20) : 64);
  const workers = [];
  for (let rank = 0; rank < count; rank++) {
    const worker = new Worker(script, { type: settings.module ? "module" : "classic" });
    await answered(worker);
    workers.push(worker);
    const answer = await say(worker, { ...settings, model, pictures, test, memory, rank, peers: count });
    if (answer.error) return answer;
  }
  contenders[name] = workers;
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

function say(worker, message) {
  const answer = answered(worker);
  worker.postMessage(message);
  return answer;
}

// ask puts a question to a contender. Its workers share the pictures of an inference;
// the time is what passes here until all have answered.
async function ask(name, request) {
  const workers = contenders[name];
  const asked = { ...request };
  if (request.do === "infer") asked.batch /= workers.length;
  const start = performance.now();
  const all = request.do === "infer" || request.do === "train" ? workers : workers.slice(0, 1);
  const answers = await Promise.all(all.map((worker) => say(worker, JSON.stringify(asked))));
  const millis = performance.now() - start;
  return answers.find((a) => a.error) ?? { ...answers[0], millis };
}

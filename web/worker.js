// Loads a Go program into this worker. The page's first message names the files;
// from then on messages are the program's own (package protocol). What this file
// says itself it says as objects: {loaded}, {failed}, {exited}.
"use strict";

self.onmessage = async ({ data }) => {
  try {
    importScripts(data.exec.url);
    const go = new Go();
    const response = await fetch(data.wasm.url);
    if (!response.ok) throw new Error(`${data.wasm.url}: ${response.status} ${response.statusText}`);
    const { instance } = await WebAssembly.instantiateStreaming(counted(response), go.importObject);
    await go.run(instance);
    self.postMessage({ exited: true });
  } catch (error) {
    self.postMessage({ failed: String(error) });
  }
};

// counted passes a response on and says how many bytes have come.
function counted(response) {
  let loaded = 0;
  const count = new TransformStream({
    transform(chunk, controller) {
      loaded += chunk.byteLength;
      self.postMessage({ loaded });
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(count), { headers: { "Content-Type": "application/wasm" } });
}

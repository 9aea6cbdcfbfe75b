// A worker that runs Tenfold's program: its first message is handed to this script,
// with the program's address.
"use strict";

importScripts("wasm_exec.js");
self.onmessage = async ({ data }) => {
  try {
    const go = new Go();
    const { instance } = await WebAssembly.instantiateStreaming(fetch(data.program), go.importObject);
    self.memory = () => instance.exports.mem.buffer.byteLength;
    go.run(instance).then(() => self.postMessage(JSON.stringify({ error: "the program has ended" })));
    self.onmessage = ({ data }) => self.tenfold(data);
    self.tenfold(data);
  } catch (error) {
    self.postMessage(JSON.stringify({ error: String(error) }));
  }
};
self.postMessage("{}");

// Runs a Go program in this worker; the page names wasm_exec.js behind the # of the
// address. The page's first message brings the program; from then on messages are the
// program's own (package protocol). What is said beside them is said as objects:
// {first}, {failed}, {exited}.
"use strict";

importScripts(self.location.hash.slice(1));

self.onmessage = async ({ data }) => {
  try {
    self.program = data.program; // for workers that this one starts
    self.first = data.first;
    const go = new Go();
    await go.run(await WebAssembly.instantiate(data.program, go.importObject));
    self.postMessage({ exited: true });
  } catch (error) {
    self.postMessage({ failed: String(error) });
  }
};

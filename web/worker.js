// Runs a Go program in this worker; the page names wasm_exec.js behind the # of the
// address. The page's first message holds the program; from then on messages are the
// program's own (package protocol). Anything else is sent as objects:
// {first}, {failed}, {exited}.
"use strict";

// Where the browser asks for it (Trusted Types), code comes from this address' folder
// alone, under a name that holds its hash.
const script = (self.trustedTypes ?? { createPolicy: (_, rules) => rules }).createPolicy("tenfold", {
  createScriptURL(url) {
    if (url !== self.location.href && !/^[\w-]+\.[0-9a-f]{10}\.js$/.test(url)) throw new TypeError(`${url} is not of this page`);
    return url;
  },
});
importScripts(script.createScriptURL(self.location.hash.slice(1)));
// sibling starts another worker like this one.
self.sibling = () => new Worker(script.createScriptURL(self.location.href));

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

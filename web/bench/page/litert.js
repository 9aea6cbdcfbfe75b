// LiteRT.js in a worker; settings: threads, compiled (the model's address for each batch).
// It is a classic script, because the library's loader imports another one.
"use strict";

(async () => {
  const { floats, pixels, repeat, serve } = await import("./peer.js");
  // The library imports its helper by a bare name, which a worker has no map for.
  const folder = new URL("./node_modules/@litertjs/", self.location.href).href;
  const source = await (await fetch(`${folder}core/dist/index.js`)).text();
  const named = source.replaceAll('"@litertjs/wasm-utils"', `"${folder}wasm-utils/dist/index.js"`);
  const { loadAndCompile, loadLiteRt, Tensor } = await import(URL.createObjectURL(new Blob([named], { type: "text/javascript" })));
  const version = (await (await fetch(`${folder}core/package.json`)).json()).version;

  serve(async ({ pictures, threads, compiled }) => {
    // It would look for its program, and for its threads' script, next to this script.
    const wasm = `${folder}core/wasm/`;
    self.Module = { locateFile: (name) => wasm + name, mainScriptUrlOrBlob: `${wasm}litert_wasm_threaded_internal.js` };
    await loadLiteRt(wasm, { threads: threads > 1 });
    const models = {};
    for (const [batch, url] of Object.entries(compiled)) {
      const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
      models[batch] = await loadAndCompile(bytes, { accelerator: "wasm", cpuOptions: { numThreads: threads } });
      if (!models[batch].isFullyAccelerated) throw new Error(`XNNPACK does not take all of ${url}`);
    }
    const x = floats(pictures);
    const run = async (batch) => {
      if (!models[batch]) throw new Error(`there is no model for a batch of ${batch}`);
      const input = new Tensor(x.subarray(0, batch * pixels), [batch, 32, 32, 3]);
      const [output] = await models[batch].run([input]);
      const y = output.toTypedArray().slice();
      input.delete();
      output.delete();
      return y;
    };
    return {
      about: () => ({ kernel: `@litertjs/core ${version}` }),
      probs: async ({ batch }) => ({ probs: [...(await run(batch))] }),
      infer: ({ batch, times }) => repeat(times, () => run(batch)),
    };
  });
})();

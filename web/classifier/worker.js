// Runs the program of an exported page. The first message holds the program, gzipped, and the
// network; the others are pictures, each of which is answered.
"use strict";

const ready = new Promise((resolve) => { self.started = resolve; });

self.onmessage = async ({ data }) => {
  try {
    if (data.program) {
      const stream = new Blob([data.program]).stream().pipeThrough(new DecompressionStream("gzip"));
      const go = new Go();
      const { instance } = await WebAssembly.instantiate(await new Response(stream).arrayBuffer(), go.importObject);
      go.run(instance);
      await ready;
      self.postMessage({ opened: tenfold.open(data.network) });
    } else {
      await ready;
      self.postMessage({ id: data.id, answer: tenfold.classify(data.rgba, data.width, data.height, data.filming) });
    }
  } catch (error) {
    self.postMessage({ failed: String(error?.message ?? error) });
  }
};

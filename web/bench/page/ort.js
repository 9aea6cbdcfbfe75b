// ONNX Runtime Web in a worker; settings: threads.
import * as ort from "./node_modules/onnxruntime-web/dist/ort.wasm.min.mjs";
import { floats, pixels, planar, repeat, serve } from "./peer.js";

serve(async ({ model, pictures, threads }) => {
  ort.env.wasm.numThreads = threads;
  ort.env.wasm.wasmPaths = new URL("./node_modules/onnxruntime-web/dist/", import.meta.url).href;
  const session = await ort.InferenceSession.create(model, { executionProviders: ["wasm"], graphOptimizationLevel: "all" });
  const x = planar(floats(pictures));
  const run = async (batch) =>
    (await session.run({ x: new ort.Tensor("float32", x.subarray(0, batch * pixels), [batch, 3, 32, 32]) })).y.data;
  return {
    about: () => ({ kernel: `onnxruntime-web ${ort.env.versions.web}` }),
    probs: async ({ batch }) => ({ probs: [...(await run(batch))] }),
    infer: ({ batch, times }) => repeat(times, () => run(batch)),
  };
});

// ONNX Runtime Web's training build in a worker; settings: threads, step (the model of a
// training step; model is the one whose output is gradients), batch (that of both).
import * as ort from "./node_modules/onnxruntime-web-training/dist/ort.training.wasm.min.mjs";
import { floats, pixels, planar, repeat, serve } from "./peer.js";

serve(async ({ model, pictures, threads, step, batch: only }) => {
  ort.env.wasm.numThreads = threads;
  ort.env.wasm.wasmPaths = new URL("./node_modules/onnxruntime-web-training/dist/", import.meta.url).href;
  // It warns of each weight that it is not constant, which is as it should be.
  const options = { executionProviders: ["wasm"], graphOptimizationLevel: "all", logSeverityLevel: 3 };
  const trainer = await ort.InferenceSession.create(new Uint8Array(await (await fetch(step)).arrayBuffer()), options);
  const x = planar(floats(pictures));
  const feeds = (batch) => {
    if (batch !== only) throw new Error(`the model is for batches of ${only}, not of ${batch}`);
    return {
      x: new ort.Tensor("float32", x.subarray(0, batch * pixels), [batch, 3, 32, 32]),
      labels: new ort.Tensor("int64", BigInt64Array.from({ length: batch }, (_, i) => BigInt(i % 10)), [batch]),
    };
  };
  let steps = 0;
  const train = async (batch) => {
    const count = new ort.Tensor("int64", BigInt64Array.of(BigInt(++steps)), [1]);
    const { loss } = await trainer.run({ ...feeds(batch), step: count });
    if (!Number.isFinite(loss.data[0])) throw new Error(`the loss is ${loss.data[0]} after ${steps} steps`);
  };
  // The model for gradients is needed once, and not kept.
  const checked = async (batch) => {
    const session = await ort.InferenceSession.create(model, options);
    const outputs = await session.run(feeds(batch));
    await session.release();
    return outputs;
  };
  return {
    about: () => ({ kernel: `onnxruntime-web ${ort.env.versions.web}, training` }),
    probs: async ({ batch }) => ({ probs: [...(await checked(batch)).y.data] }),
    gradients: async ({ batch }) => {
      const gradients = {};
      for (const [name, { data }] of Object.entries(await checked(batch))) {
        if (name.endsWith("/gradient")) gradients[name.slice(0, -"/gradient".length)] = Math.hypot(...chunks(data));
      }
      return { gradients };
    },
    train: ({ batch, times }) => repeat(times, () => train(batch)),
  };
});

// chunks are the norms of parts of a vector, few enough to be arguments.
function chunks(data) {
  const norms = [];
  for (let i = 0; i < data.length; i += 4096) norms.push(Math.hypot(...data.subarray(i, i + 4096)));
  return norms;
}

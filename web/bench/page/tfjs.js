// TensorFlow.js in a worker; settings: backend ("wasm" or "cpu").
import "./node_modules/@tensorflow/tfjs/dist/tf.min.js";
import "./node_modules/@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.min.js";
import { floats, pixels, repeat, serve } from "./peer.js";

const tf = self.tf;

function network() {
  const l = tf.layers;
  const conv = (filters, more) => l.conv2d({ filters, kernelSize: 3, padding: "same", ...more });
  const leaky = () => l.leakyReLU({ alpha: 0.1 });
  const pool = () => l.maxPooling2d({ poolSize: 2 });
  return tf.sequential({
    layers: [
      conv(16, { activation: "relu", inputShape: [32, 32, 3] }), leaky(), conv(32), leaky(), pool(), l.dropout({ rate: 0.25 }),
      conv(32), leaky(), conv(64), leaky(), pool(), l.dropout({ rate: 0.25 }),
      l.flatten(), l.dense({ units: 256 }), leaky(), l.dropout({ rate: 0.5 }), l.dense({ units: 10 }), leaky(), l.softmax(),
    ],
  });
}

serve(async ({ model, pictures, backend }) => {
  if (backend === "wasm") {
    tf.wasm.setWasmPaths(new URL("./node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url).href);
    tf.wasm.setThreadsCount(1);
  }
  if (!(await tf.setBackend(backend))) throw new Error(`no backend ${backend}`);
  await tf.ready();
  const net = network();
  const values = floats(model);
  let at = 0;
  net.setWeights(net.weights.map(({ shape }) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return tf.tensor(values.subarray(at, (at += size)), shape);
  }));
  net.compile({ optimizer: tf.train.adamax(5e-3), loss: "categoricalCrossentropy" });
  const x = floats(pictures);
  const input = (batch) => tf.tensor4d(x.subarray(0, batch * pixels), [batch, 32, 32, 3]);
  const infer = async (batch) => {
    const t = input(batch);
    const y = net.predict(t, { batchSize: batch });
    const data = await y.data();
    tf.dispose([t, y]);
    return data;
  };
  const train = async (batch) => {
    const t = input(batch);
    const labels = tf.oneHot(tf.range(0, batch, 1, "int32").mod(tf.scalar(10, "int32")), 10).toFloat();
    await net.trainOnBatch(t, labels);
    tf.dispose([t, labels]);
  };
  return {
    about: () => ({ kernel: `@tensorflow/tfjs ${tf.version_core} ${tf.getBackend()}` }),
    probs: async ({ batch }) => ({ probs: [...(await infer(batch))] }),
    infer: ({ batch, times }) => repeat(times, () => infer(batch)),
    train: ({ batch, times }) => repeat(times, () => train(batch)),
  };
});

// Loads models with TensorFlow.js, asks them of pictures, and saves them again, for TestTensorFlowJS:
// node tfjs.cjs FOLDER-OF-NODE_MODULES FOLDER. Each folder in FOLDER has a model.json with its .bin
// files and pictures.json, a list of rows of numbers with their shape; what is written into it is
// answers.json, and saved/ with the model in three shards. own/ gets a model that was made here.
const fs = require("fs");
const path = require("path");
const { createRequire } = require("module");

const tf = createRequire(path.join(path.resolve(process.argv[2]), "package.json"))("@tensorflow/tfjs");
const root = process.argv[3];
let at = "";

function handler(folder) {
  const json = JSON.parse(fs.readFileSync(path.join(folder, "model.json")));
  return {
    load: async () => tf.io.getModelArtifactsForJSON(json, async (manifest) => {
      const files = manifest.flatMap((g) => g.paths).map((p) => fs.readFileSync(path.join(folder, p)));
      const all = Buffer.concat(files);
      return [manifest.flatMap((g) => g.weights), all.buffer.slice(all.byteOffset, all.byteOffset + all.length)];
    }),
  };
}

async function save(model, folder) {
  await model.save(tf.io.withSaveHandler(async (artifacts) => {
    fs.mkdirSync(folder, { recursive: true });
    const data = Buffer.from(tf.io.CompositeArrayBuffer.join(artifacts.weightData));
    const paths = [];
    for (let i = 0; i < 3; i++) {
      const cut = (k) => Math.floor((data.length * k) / 3);
      paths.push(`group1-shard${i + 1}of3.bin`);
      fs.writeFileSync(path.join(folder, paths[i]), data.subarray(cut(i), cut(i + 1)));
    }
    const { weightData, weightSpecs, ...json } = artifacts; // as its own handlers write it
    json.weightsManifest = [{ paths, weights: weightSpecs }];
    fs.writeFileSync(path.join(folder, "model.json"), JSON.stringify(json));
    return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
  }));
}

function answer(model, pictures) {
  return Array.from(tf.tidy(() => model.predict(tf.tensor(pictures.numbers, pictures.shape))).dataSync());
}

function own() {
  const { layers } = tf;
  const input = tf.input({ shape: [8, 8, 3] });
  const conv = (filters, more) => layers.conv2d({ filters, kernelSize: 3, padding: "same", ...more });
  let x = layers.leakyReLU({ alpha: 0.2 }).apply(layers.batchNormalization().apply(conv(6, { useBias: false }).apply(input)));
  const y = layers.dropout({ rate: 0.3 }).apply(conv(6, { activation: "swish", kernelRegularizer: tf.regularizers.l2({ l2: 0.001 }) }).apply(x));
  x = layers.add().apply([x, layers.depthwiseConv2d({ kernelSize: 3, padding: "same", activation: "relu" }).apply(y)]);
  x = layers.maxPooling2d({ poolSize: 2 }).apply(layers.separableConv2d({ filters: 5, kernelSize: 3 }).apply(x));
  x = layers.dense({ units: 4 }).apply(layers.flatten().apply(layers.prelu({ sharedAxes: [1, 2] }).apply(x)));
  const model = tf.model({ inputs: input, outputs: layers.softmax().apply(x) });
  model.setWeights(model.getWeights().map((w) => tf.randomUniform(w.shape, 0.1, 0.9, "float32", 7).sub(w.shape.length > 1 ? 0.5 : 0)));
  return model;
}

(async () => {
  await tf.setBackend("cpu");
  for (const name of fs.readdirSync(root)) {
    at = name;
    const folder = path.join(root, name);
    const model = name === "own" ? own() : await tf.loadLayersModel(handler(folder));
    const pictures = JSON.parse(fs.readFileSync(path.join(folder, "pictures.json")));
    fs.writeFileSync(path.join(folder, "answers.json"), JSON.stringify(answer(model, pictures)));
    await save(model, path.join(folder, "saved"));
  }
})().catch((e) => {
  console.error(at, e);
  process.exit(1);
});

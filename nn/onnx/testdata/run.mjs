// Runs networks in ONNX Runtime: node run.mjs WHERE FOLDER. WHERE is the folder whose node_modules has
// onnxruntime-node. The standard input is a JSON list of {name, dims}: FOLDER/name.onnx takes in
// FOLDER/name.x, float32 of those sizes, and what it puts out becomes FOLDER/name.y.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const [where, folder] = process.argv.slice(2);
const ort = createRequire(where + "/")("onnxruntime-node");
for (const { name, dims } of JSON.parse(readFileSync(0, "utf8"))) {
  try {
    const session = await ort.InferenceSession.create(`${folder}/${name}.onnx`);
    const bytes = readFileSync(`${folder}/${name}.x`);
    const x = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    const { y } = await session.run({ x: new ort.Tensor("float32", x, dims) });
    writeFileSync(`${folder}/${name}.y`, new Uint8Array(y.data.buffer, y.data.byteOffset, y.data.byteLength));
  } catch (e) {
    console.log(`${name}: ${e.message}`);
  }
}

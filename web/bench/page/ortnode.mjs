// ONNX Runtime natively: a request a line on the standard input, an answer a line on
// the standard output. Arguments: model, pictures, threads.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import ort from "onnxruntime-node";
import { floats, pixels, planar, repeat } from "./peer.js";

const [model, pictures, threads] = process.argv.slice(2);
const session = await ort.InferenceSession.create(model, { intraOpNumThreads: Number(threads), interOpNumThreads: 1 });
const x = planar(floats(readFileSync(pictures)));
const run = async (batch) =>
  (await session.run({ x: new ort.Tensor("float32", x.subarray(0, batch * pixels), [batch, 3, 32, 32]) })).y.data;
const answers = {
  about: () => ({ kernel: "onnxruntime-node" }),
  probs: async ({ batch }) => ({ probs: [...(await run(batch))] }),
  infer: ({ batch, times }) => repeat(times, () => run(batch)),
};
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  const answer = await answers[request.do]?.(request) ?? { error: `cannot ${request.do}` };
  console.log(JSON.stringify(answer));
}

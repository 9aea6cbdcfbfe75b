// What the peers' workers have in common: serve answers questions with functions.
export function serve(start) {
  let answers;
  self.onmessage = async ({ data }) => {
    try {
      if (!answers) {
        answers = await start(data);
        self.postMessage("{}");
        return;
      }
      const request = JSON.parse(data);
      if (!answers[request.do]) throw new Error(`cannot ${request.do}`);
      self.postMessage(JSON.stringify((await answers[request.do](request)) ?? {}));
    } catch (error) {
      self.postMessage(JSON.stringify({ error: String(error) }));
    }
  };
  self.postMessage("{}");
}

export const pixels = 32 * 32 * 3;

export function floats(bytes) {
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}

// planar turns pictures [n,32,32,3] into [n,3,32,32].
export function planar(pictures) {
  const out = new Float32Array(pictures.length);
  for (let i = 0; i < pictures.length; i++) {
    const n = Math.floor(i / pixels), rest = i % pixels;
    out[n * pixels + (rest % 3) * 1024 + Math.floor(rest / 3)] = pictures[i];
  }
  return out;
}

// repeat calls f the given number of times in turn, and returns what that took, in ms.
export async function repeat(times, f) {
  const each = [];
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    await f();
    each.push(performance.now() - start);
  }
  const mean = each.reduce((a, b) => a + b) / times;
  return { median: each.sort((a, b) => a - b)[Math.floor(times / 2)], mean };
}

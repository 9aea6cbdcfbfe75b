package convert

// readmeText is a bundle's README, {loading} being what its format says. What stands in braces is
// filled in: {file}, {picture} and {format}, the network's {name}, {classes}, {shape} and {channels},
// {scaled} for how a byte x becomes a number, {scale} and {shift}, {mode} for Pillow's name of the
// colours, {answer} for the probabilities of the picture and {top} and {probability} for the largest,
// {softmax} and {softmaxJS} for what makes probabilities of logits and {probabilitiesJS} for a list p of them of the tensor y, {code} for the network in Keras.
const readmeText = `# {name}

A network that tells {channels}-channel pictures of shape ({shape}) apart, as {format}: ` + "`{file}`" + `.

- **What goes in**: a picture's bytes from 0 to 255, height first and channels last, each byte x as
  ` + "`{scaled}`" + `.
- **What comes out**: a number for each class, in this order: ` + "`{classes}`" + `.
- **To see that it works**: of ` + "`{picture}`" + ` the network says {top}, with {probability}. The last line
  below checks all of its probabilities.

{loading}
`

// kerasLoading is for both of Keras' formats.
const kerasLoading = `## In Keras

` + "`pip install keras tensorflow pillow`" + `; with JAX or PyTorch instead of TensorFlow, set ` + "`KERAS_BACKEND`" + `.
Keras 2 opens an .h5 file too, with ` + "`tf.keras.models.load_model`" + `.

` + "```python" + `
import keras
import numpy as np
from PIL import Image

model = keras.models.load_model("{file}", compile=False)
classes = {classes}
x = np.asarray(Image.open("{picture}").convert("{mode}"), "float32").reshape(1, {shape})
y = np.asarray(model({scaled}, training=False))[0]
{softmax}print(classes[y.argmax()], y.max())
assert np.allclose(y, {answer}, atol=1e-3), y
` + "```" + `

To train on, compile it first: ` + "`model.compile(optimizer=\"adam\", loss=\"sparse_categorical_crossentropy\", metrics=[\"accuracy\"])`" + `.`

const tensorFlowJSLoading = `## In TensorFlow.js

` + "`{file}`" + ` and its .bin file stay side by side. Serve the folder, with ` + "`python3 -m http.server`" + ` say, and open a page
with these lines in it.

` + "```html" + `
<script src="https://cdn.jsdelivr.net/npm/@tensorflow/tfjs@4.22.0"></script>
<script type="module">
  const model = await tf.loadLayersModel("{file}");
  const classes = {classes};
  const picture = new Image();
  picture.src = "{picture}";
  await picture.decode();
  const x = tf.browser.fromPixels(picture, {channels}).toFloat().mul({scale}).add({shift}).expandDims(0);
  const y = await model.predict(x){softmaxJS}.data();
  console.log(classes[y.indexOf(Math.max(...y))], Math.max(...y));
  const answer = {answer};
  console.assert(answer.every((p, i) => Math.abs(p - y[i]) < 1e-3), y);
</script>
` + "```"

const safetensorsLoading = `## In Tenfold

Open the file in the page, or measure it with ` + "`tenfold-train evaluate -model {file}`" + `.

## Elsewhere

The tensors are called after their layers, ` + "`conv2d/kernel`" + `; a convolution's kernel is [height, width, in, out], a
dense one [in, out]. PyTorch has the axes of both the other way round. The layers stand as JSON in the
file's metadata, under ` + "`architecture`" + `. This is the network in Keras (` + "`pip install keras tensorflow safetensors pillow`" + `):

` + "```python" + `
import keras
import numpy as np
from PIL import Image
from safetensors.numpy import load_file

{code}

keras.utils.clear_session()
model = make_model()
weights = load_file("{file}")
for layer in model.layers:
    layer.set_weights([weights[f"{layer.name}/{w.name}"] for w in layer.weights])
classes = {classes}
x = np.asarray(Image.open("{picture}").convert("{mode}"), "float32").reshape(1, {shape})
y = np.asarray(model({scaled}, training=False))[0]
{softmax}print(classes[y.argmax()], y.max())
assert np.allclose(y, {answer}, atol=1e-3), y
` + "```"

const onnxLoading = `## In ONNX Runtime

` + "`pip install onnxruntime pillow`" + `. The scaling and the class names stand in the file's metadata too.

` + "```python" + `
import numpy as np
import onnxruntime
from PIL import Image

session = onnxruntime.InferenceSession("{file}")
classes = {classes}
x = np.asarray(Image.open("{picture}").convert("{mode}"), "float32").reshape(1, {shape})
y = session.run(None, {session.get_inputs()[0].name: np.asarray({scaled}, "float32")})[0][0]
{softmax}print(classes[y.argmax()], y.max())
assert np.allclose(y, {answer}, atol=1e-3), y
` + "```" + `

## In a browser

Serve the folder, with ` + "`python3 -m http.server`" + ` say, and open a page with these lines in it.

` + "```html" + `
<script src="https://cdn.jsdelivr.net/npm/onnxruntime-web@1.30.0/dist/ort.min.js"></script>
<script type="module">
  const session = await ort.InferenceSession.create("{file}");
  const classes = {classes};
  const picture = new Image();
  picture.src = "{picture}";
  await picture.decode();
  const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  canvas.drawImage(picture, 0, 0);
  const { data } = canvas.getImageData(0, 0, picture.width, picture.height);
  const x = Float32Array.from({ length: picture.width * picture.height * {channels} }, (_, i) => data[4 * Math.floor(i / {channels}) + i % {channels}] * {scale} + {shift});
  const { [session.outputNames[0]]: y } = await session.run({ [session.inputNames[0]]: new ort.Tensor("float32", x, [1, {shape}]) });
  {probabilitiesJS}
  console.log(classes[p.indexOf(Math.max(...p))], Math.max(...p));
  const answer = {answer};
  console.assert(answer.every((v, i) => Math.abs(v - p[i]) < 1e-3), p);
</script>
` + "```"

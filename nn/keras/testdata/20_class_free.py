"""My CNN.

Trained on CIFAR-10.
"""
from __future__ import annotations
import os, sys
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
try:
    import tensorflow as tf
except ImportError:
    sys.exit(1)

@tf.function
def unused(x, *args, **kwargs):
    while True:
        x = x + 1
    return x

def build(num_classes: int = 10, width: float = 1.0, *, norm: bool = False) -> tf.keras.Model:
    w = int(round(32 * width))
    image = tf.keras.layers.Input(shape=(32, 32, 3), dtype="float32")
    y = tf.keras.layers.Conv2D(w, (3, 3), name=f"conv_{w}")(image)
    if norm:
        y = tf.keras.layers.BatchNormalization()(y)
    y = tf.keras.activations.relu(y)
    y = tf.keras.layers.Flatten()(y)
    y = tf.keras.layers.Dense(num_classes, activation="softmax")(y)
    return tf.keras.Model(image, y)

model = build(width=0.5, norm=True)
print(model.summary())
EPOCHS, BATCH_SIZE = 3, 50
model.compile(optimizer=tf.keras.optimizers.Adamax(2e-3), loss="categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, epochs=EPOCHS, batch_size=BATCH_SIZE, validation_split=0.1, callbacks=[tf.keras.callbacks.ModelCheckpoint("a.keras")])

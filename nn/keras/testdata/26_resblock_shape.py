def residual_block(x, filters, stride=1):
    shortcut = x
    x = layers.Conv2D(filters, 3, strides=stride, padding="same")(x)
    x = layers.BatchNormalization()(x)
    x = layers.ReLU()(x)
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization()(x)
    if stride != 1 or shortcut.shape[-1] != filters:
        shortcut = layers.Conv2D(filters, 1, strides=stride)(shortcut)
        shortcut = layers.BatchNormalization()(shortcut)
    x = layers.Add()([x, shortcut])
    return layers.ReLU()(x)

inputs = layers.Input((32, 32, 3))
x = layers.Conv2D(16, 3, padding="same")(inputs)
for f, s in [(16, 1), (32, 2), (32, 1)]:
    x = residual_block(x, f, s)
x = layers.GlobalAveragePooling2D()(x)
model = Model(inputs, layers.Dense(10, "softmax")(x))

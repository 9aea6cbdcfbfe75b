conv_args = dict(kernel_size=(3, 3), padding="same", kernel_initializer=keras.initializers.HeNormal())
widths = (32, 64)
hidden: int = 128
blocks = []
for w in widths:
    blocks += [Conv2D(w, **conv_args), Activation("relu"), MaxPooling2D(2)]
model = Sequential(blocks + [Flatten(), Dense(hidden, activation=LeakyReLU(0.2)), Dense(10, activation="softmax")])
schedule = keras.optimizers.schedules.ExponentialDecay(1e-3, decay_steps=len(x) // 32, decay_rate=0.95)

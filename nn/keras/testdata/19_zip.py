L = keras.layers
stack = lambda f: [L.Conv2D(f, 3, padding='SAME', activation='silu'), L.MaxPooling2D()]
model = keras.Sequential([keras.layers.InputLayer(shape=(32, 32, 3)), *stack(16), *stack(2 ** 5)])
for units, rate in zip([64, 32], [0.5, 0.25]):
    model.add(L.GlobalAveragePooling2D() if units == 64 else L.Dropout(rate))
    model.add(L.Dense(units, activation='hard_swish', bias_initializer='ones'))
model.add(L.Dense(10, activation='softmax'))

from tensorflow.keras import Sequential
from tensorflow.keras.layers import *
filters = [16, 32, 64]
model = Sequential()
model.add(InputLayer(input_shape=(32, 32, 3)))
for i, f in enumerate(filters):
    model.add(Conv2D(f, 3, padding="same", use_bias=False))
    model.add(BatchNormalization(momentum=0.9))
    model.add(ReLU())
    if i < len(filters) - 1: model.add(MaxPooling2D())
model.add(GlobalAveragePooling2D())
model.add(Dense(10, "softmax"))
model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"])

import keras
from keras import layers


class ResBlock(layers.Layer):
    def __init__(self, filters, strides=1):
        super().__init__()
        self.main = keras.Sequential([
            layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False),
            layers.BatchNormalization(),
            layers.ReLU(),
            layers.Conv2D(filters, 3, padding="same", use_bias=False),
            layers.BatchNormalization(),
        ])
        if strides != 1:
            self.shortcut = layers.Conv2D(filters, 1, strides=strides)
        else:
            self.shortcut = lambda x: x
        self.relu = layers.ReLU()

    def call(self, inputs, training=None):
        return self.relu(self.main(inputs, training=training) + self.shortcut(inputs))

    def get_config(self):
        return {}


class Base(keras.Model):
    def call(self, x):
        for block in self.blocks:
            x = block(x)
        return self.head(x)


class ResNet(Base):
    def __init__(self, widths):
        super().__init__()
        self.widths = widths
        self.blocks = [layers.Conv2D(16, 3, padding="same")]
        for i, w in enumerate(self.widths):
            self.blocks.append(ResBlock(w, strides=1 if i == 0 else 2))
        self.head = keras.Sequential([layers.GlobalAveragePooling2D(), layers.Reshape((1, 1, 32)), layers.Flatten(), layers.Dense(10, activation="softmax")])

    def build_graph(self):
        x = keras.Input(shape=(32, 32, 3))
        return keras.Model(inputs=[x], outputs=self.call(x))


net = ResNet([16, 32])
net.build_graph().summary()
net.compile(keras.optimizers.SGD(0.1, momentum=0.9), "categorical_crossentropy")
net.fit(x, y, batch_size=128, epochs=2)

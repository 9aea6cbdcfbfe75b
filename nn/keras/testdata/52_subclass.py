import tensorflow as tf
from tensorflow.keras import layers

(x_train, y_train), (x_test, y_test) = tf.keras.datasets.cifar10.load_data()
x_train, x_test = x_train / 255.0, x_test / 255.0

class MyModel(tf.keras.Model):
    """A small CNN."""

    def __init__(self, num_classes=10, **kwargs):
        super(MyModel, self).__init__(**kwargs)
        self.conv1 = layers.Conv2D(32, 3, padding='same', activation='relu')
        self.pool = layers.MaxPooling2D()
        self.conv2 = layers.Conv2D(64, 3, padding='same')
        self.bn = layers.BatchNormalization()
        self.flatten = layers.Flatten()
        self.dropout = layers.Dropout(0.5)
        self.d1 = layers.Dense(64, activation='relu')
        self.d2 = layers.Dense(num_classes)

    @tf.function
    def call(self, x, training=False):
        x = self.conv1(x)
        x = self.pool(x)
        x = self.conv2(x)
        x = tf.nn.relu(self.bn(x, training=training))
        x = self.pool(x)
        x = self.flatten(x)
        x = self.d1(x)
        if training:
            x = self.dropout(x, training=training)
        return tf.nn.softmax(self.d2(x))

model = MyModel()
model.build(input_shape=(None, 32, 32, 3))
model.summary()
model.compile(optimizer='adam', loss=tf.keras.losses.SparseCategoricalCrossentropy(), metrics=['accuracy'])
history = model.fit(x_train, y_train, epochs=5, batch_size=64, validation_data=(x_test, y_test))
print(model(x_test[:1]))

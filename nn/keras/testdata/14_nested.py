def conv_block(filters):
    return keras.Sequential([Conv2D(filters, 3, padding='same'), PReLU(shared_axes=[1, 2]), SpatialDropout2D(0.1)])
model = keras.Sequential([Input((32, 32, 3)), GaussianNoise(0.05), conv_block(16), MaxPool2D(2), conv_block(32), MaxPool2D(2, 2, 'same'), Flatten(), LayerNormalization(), Dense(10), Activation('softmax')])

data_augmentation = keras.Sequential([
    layers.RandomFlip("horizontal", input_shape=(48, 48, 3)),
    layers.RandomRotation(0.1),
    layers.RandomZoom(0.1),
])
model = Sequential([data_augmentation, layers.Rescaling(1./255), layers.Conv2D(16, 3, padding='same', activation='relu'), layers.Flatten(), layers.Dense(10)])

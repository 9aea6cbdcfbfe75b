import math
BATCH = 128
EPOCHS = 20
(x, y), (xt, yt) = keras.datasets.cifar10.load_data()
x = x.astype('float32') / 255.
inp = Input(x.shape[1:])
h = inp
for f in [32, 64, 128]:
    h = Conv2D(f, 3, padding='same', use_bias=False)(h)
    h = BatchNormalization()(h)
    h = Activation('swish')(h)
    h = MaxPooling2D()(h)
h = GlobalMaxPooling2D()(h)
out = Dense(units=10, activation=tf.keras.activations.softmax)(h)
model = Model(inputs=[inp], outputs=[out])
steps = EPOCHS * math.ceil(len(x) / BATCH)
model.compile(optimizer=tf.keras.optimizers.AdamW(tf.keras.optimizers.schedules.CosineDecay(3e-3, steps), weight_decay=1e-4),
  loss=tf.keras.losses.CategoricalCrossentropy(label_smoothing=0.1), metrics='accuracy')
model.fit(x=x, y=y, batch_size=BATCH, epochs=EPOCHS)

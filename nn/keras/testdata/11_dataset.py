train_ds = tf.data.Dataset.from_tensor_slices((x_train, y_train)).shuffle(10000).batch(256).prefetch(tf.data.AUTOTUNE)
with strategy.scope():
    net = tf.keras.Sequential(name='mlp')
    net.add(tf.keras.layers.Flatten(input_shape=[32, 32, 3]))
    for units in 512, 256:
        net.add(tf.keras.layers.Dense(units, activation='tanh', kernel_regularizer=tf.keras.regularizers.l2(0.001)))
        net.add(tf.keras.layers.Dropout(rate=.3))
    net.add(tf.keras.layers.Dense(10, activation='softmax'))
    net.compile(optimizer=tf.keras.optimizers.Adam(learning_rate=3e-4, clipnorm=1.0), loss='sparse_categorical_crossentropy')
net.fit(train_ds, epochs=15, validation_data=val_ds)

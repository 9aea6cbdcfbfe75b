cfg = {'VGG11': [64, 'M', 128, 'M']}
def make(cfg):
    layers = []
    for v in cfg:
        if isinstance(v, int):
            layers += [Conv2D(v, 3, padding='same'), BatchNormalization(), ReLU()]
        else:
            layers += [MaxPooling2D(2, 2)]
    return Sequential(layers + [Flatten(), Dense(10)])
model = make(cfg['VGG11'])
model.compile(optimizer='sgd', loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(x=X, y=Y, batch_size=256, epochs=50, validation_split=0.1, shuffle=True, callbacks=[tf.keras.callbacks.ReduceLROnPlateau(monitor='val_loss')])

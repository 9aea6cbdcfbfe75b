model = Sequential()
model.add(Conv2D(16, (3,3), input_shape=(32, 32, 3), data_format='channels_last', name='first', dilation_rate=(2, 2)))
model.add(Activation(activation='softplus'))
model.add(GlobalMaxPool2D())
model.add(Dense(10, kernel_initializer='lecun_normal', bias_initializer=initializers.Constant(0.1)))
model.add(Activation('softmax'))
def step_decay(epoch):
    initial_lrate, drop = 0.1, 0.1
    if epoch < 10:
        return initial_lrate
    elif epoch < 15:
        return initial_lrate * drop
    else:
        return initial_lrate * drop ** 2
model.compile(optimizer=keras.optimizers.SGD(0.1, 0.9), loss=keras.losses.categorical_crossentropy)
model.fit(x_train, y_train, epochs=20, callbacks=LearningRateScheduler(step_decay))

    model = Sequential()
    model.add(Conv2D(8, 3, input_shape=(32, 32, 3)))
    model.add(Flatten())
    model.add(Dense(10, activation='softmax'))
    return model

def make_model():
    model = Sequential()
    model.add(Flatten(input_shape=(32, 32, 3)))
    model.add(Dense(100))
    model.add(LeakyReLU(alpha=0.1))
    model.add(Dense(10))
    model.add(Softmax())
    return model

(X, y), (Xt, yt) = cifar10.load_data()
nb_classes = np.max(y) + 1
input_shape = X[0].shape
model = Sequential([Conv2D(8, 3, input_shape=input_shape), Flatten(), Dense(nb_classes)])
feat = Model(inputs=model.inputs, outputs=model.layers[0].output)
m2 = Model(model.input, model.output)

import numpy as np
(x_train, y_train), (x_test, y_test) = keras.datasets.cifar10.load_data()
num_classes = len(np.unique(y_train))
model = Sequential([Flatten(input_shape=(32,32,3)), Dense(num_classes, activation='softmax')])

(X_train, Y_train), (X_test, Y_test) = cifar10.load_data()
img_rows, img_cols , channels= X_train.shape[1],X_train.shape[2],X_train.shape[3]
model = Sequential()
model.add(Conv2D(32, (3,3), input_shape=(img_rows, img_cols, channels), activation='relu'))
model.add(Flatten())
model.add(Dense(10, activation='softmax'))

lr = 0.05; epochs = 12
net = Sequential()
net.add(Conv2D(filters=24, kernel_size=5, strides=2, input_shape=(32,32,3)))
net.add(ELU())
net.add(Flatten())
net.add(Dense(10, activation='softmax'))
net.compile(loss="categorical_crossentropy", optimizer=SGD(lr=lr, momentum=0.9, decay=0.0))
sched = tf.keras.callbacks.LearningRateScheduler(lambda epoch, lr: lr if epoch == 0 else lr * 0.8, verbose=1)
if __name__ == "__main__":
    net.fit(x_train, y_train, 100, epochs, callbacks=[sched])

datagen = ImageDataGenerator(width_shift_range=0.125, height_shift_range=0.125, horizontal_flip=True)
datagen.fit(x_train)
model = Sequential([
  layers.Rescaling(1./255, input_shape=(32, 32, 3)),
  layers.Conv2D(16, 3, padding='same', activation='relu'),
  layers.MaxPooling2D(),
  layers.Flatten(),
  layers.Dense(10, activation='softmax')
])
opt = keras.optimizers.SGD(learning_rate=0.01, momentum=0.9, nesterov=True)
model.compile(optimizer=opt, loss='categorical_crossentropy')
model.fit_generator(datagen.flow(x_train, y_train, batch_size=64), epochs=25)
model.fit(datagen.flow(x_train, y_train, batch_size=64), steps_per_epoch=len(x_train) // 64, epochs=25, verbose=1, callbacks=[EarlyStopping(patience=5)])

!pip install -q keras
%%time
>>> model = keras.Sequential()
>>> model.add(keras.Input((32, 32, 3)))
>>> for _ in range(2):
...     model.add(layers.Conv2D(8, (3, 3), padding = “same”, activation = ‘elu’))
...     model.add(layers.AvgPool2D((2, 2)))
>>> model.add(layers.Flatten())
>>> model.add(layers.Dense(10, activation="softmax"))

print("=" * 50)
print('-'*20 + '> start')
print("Loss: {:.3f}".format(3))
filters = 2 * [32] + [64]
model = Sequential()
for f in filters:
    model.add(Conv2D(f, 3))
model.add(Flatten()); model.add(Dense(10, activation='softmax'))

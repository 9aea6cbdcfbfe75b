filters = [16, 32, 64]
filters.reverse()
filters[0] = 48
filters.insert(0, 8)
first, *rest = filters
model = Sequential()
model.add(Conv2D(first, 3))
while rest:
    model.add(Conv2D(rest.pop(0), 3))
n = 0
while n < 2:
    model.add(BatchNormalization())
    n += 1
model.add(Flatten()); model.add(Dense(10, activation='softmax'))

lr = 0.1
def set_lr():
    global lr
    lr = 0.01
set_lr()
def gen(x):
    while True:
        yield x, 1
model = Sequential([Flatten(input_shape=(32,32,3)), Dense(10, activation='softmax')])
model.compile(optimizer=SGD(lr, momentum=0.9), loss='categorical_crossentropy')

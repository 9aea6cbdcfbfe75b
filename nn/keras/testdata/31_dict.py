config = {'filters': 32, 'lr': 1e-3}
config['filters'] = 64
config.update(lr=0.01)
arch = {1: 16, 2: 32}
model = Sequential()
for k, v in arch.items():
    model.add(Conv2D(v, 3))
model.add(Conv2D(config['filters'], 3))
model.add(Conv2D(config.get('last', 8), 3))
model.add(Flatten()); model.add(Dense(10, activation='softmax'))
model.compile(Adam(config['lr']), 'categorical_crossentropy')

import os
def build():
    return Sequential([Flatten(input_shape=(32,32,3)), Dense(10, activation='softmax')])
if os.path.exists('m.h5'):
    model = load_model('m.h5')
else:
    model = build()
    model.compile('adam', 'categorical_crossentropy')
    model.fit(x, y, epochs=7)

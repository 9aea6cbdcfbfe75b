aug = keras.Sequential([layers.RandomFlip("horizontal"), layers.Rescaling(1/255)])
i = Input((32,32,3))
x = aug(i)
model = Model(i, Dense(10)(Flatten()(x)))
for a, _ in ds.take(1):
    plt.imshow(aug(a)[0])
test = test.map(lambda x, y: (aug(x, training=True), y))

class CFG:
    EPOCHS = 12
    BATCH = 64
    LR: float = 1e-3
model = Sequential([Flatten(input_shape=(32,32,3)), Dense(10, activation='softmax')])
model.compile(optimizer=Adam(CFG.LR), loss='categorical_crossentropy')
model.fit(x, y, epochs=CFG.EPOCHS, batch_size=CFG.BATCH)

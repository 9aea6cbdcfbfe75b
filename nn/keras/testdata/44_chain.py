model = Sequential()
for i in range(6):
    if 0 < i < 3:
        model.add(Conv2D(8, 3))
model.add(Flatten()); model.add(Dense(10, activation='softmax'))
def sched(epoch):
    if 0 <= epoch < 5: return 0.1
    elif 5 <= epoch < 8: return 0.01
    return 0.001
model.fit(x, y, epochs=10, callbacks=[LearningRateScheduler(sched)])

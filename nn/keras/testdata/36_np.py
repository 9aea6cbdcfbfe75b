import numpy as np
m = np.ones((3,3)) / 9
z = np.zeros(10) + 1
a, b = np.zeros(2)
y = np.eye(10)[y]
l = [1,2] == 3
s = {1,2} | {3}
d = {**a, 'b': 1}
k = {i: c for i, c in enumerate(names)}
g = sum(x for x in range(3))
q = [[i*j for i in range(3)] for j in range(4)]
w = [i for r in q for i in r]
t = -np.ones(3)
u = x[..., 0]
v = not x
e = 1 < 2 < 3
model = Sequential([Flatten(input_shape=(32,32,3)), Dense(10, activation='softmax')])

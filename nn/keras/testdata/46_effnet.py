def _make_divisible(v, divisor=8, min_value=None):
    if min_value is None:
        min_value = divisor
    new_v = max(min_value, int(v + divisor / 2) // divisor * divisor)
    if new_v < 0.9 * v:
        new_v += divisor
    return new_v
def inverted(x, expansion, filters, stride, alpha=1.0):
    in_c = x.shape[-1]
    out_c = _make_divisible(int(filters * alpha))
    y = Conv2D(in_c * expansion, 1, use_bias=False)(x)
    y = BatchNormalization(epsilon=1e-3, momentum=0.999)(y)
    y = ReLU(6.)(y)
    y = DepthwiseConv2D(3, strides=stride, padding='same', use_bias=False)(y)
    y = Conv2D(out_c, 1, use_bias=False, activation=None)(y)
    return Add()([x, y]) if stride == 1 and in_c == out_c else y
settings = [
    # t, c, n, s
    (1, 16, 1, 1), (6, 24, 2, 2),
]
x = inp = Input((32, 32, 3))
for t, c, n, s in settings:
    for i in range(n):
        x = inverted(x, t, c, stride=(s if i == 0 else 1))
x = GlobalAvgPool2D()(x)
model = Model(inp, Dense(10, activation='softmax')(x))

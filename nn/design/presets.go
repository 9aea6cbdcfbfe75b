package design

import (
	"fmt"
	"strconv"
	"strings"

	"tenfold/nn/cifar10"
	"tenfold/nn/keras"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// Presets are networks to begin with, in addition to those of model.Networks,
// as Keras code, in which CLASSES is how many classes there are. A new one adds
// a few lines here.
var Presets = map[string]string{
	"linear": `
model = Sequential()
model.add(Flatten())
model.add(Dense(CLASSES, activation='softmax'))
`,
	"perceptron": `
model = Sequential()
model.add(Flatten())
model.add(Dense(128, activation='relu'))
model.add(Dense(CLASSES, activation='softmax'))
`,
	// Source: LeCun et al. 1998, http://yann.lecun.com/exdb/publis/pdf/lecun-98.pdf, with three
	// channels, all maps joined, and a softmax.
	"lenet": `
model = Sequential()
model.add(Conv2D(6, 5, activation='tanh'))
model.add(AveragePooling2D())
model.add(Conv2D(16, 5, activation='tanh'))
model.add(AveragePooling2D())
model.add(Flatten())
model.add(Dense(120, activation='tanh'))
model.add(Dense(84, activation='tanh'))
model.add(Dense(CLASSES, activation='softmax'))
`,
	// The tutorial's, with a normalisation instead of each bias.
	"tutorial-bn": `
model = Sequential()
for filters in [(16, 32), (32, 64)]:
    for f in filters:
        model.add(Conv2D(f, 3, padding='same', use_bias=False))
        model.add(BatchNormalization())
        model.add(LeakyReLU(0.1))
    model.add(MaxPooling2D())
    model.add(Dropout(0.25))
model.add(Flatten())
model.add(Dense(256, use_bias=False))
model.add(BatchNormalization())
model.add(LeakyReLU(0.1))
model.add(Dropout(0.5))
model.add(Dense(CLASSES, activation='softmax'))
`,
	"resnet8": `
def block(x, filters, strides):
    y = Conv2D(filters, 3, strides=strides, padding='same', use_bias=False)(x)
    y = BatchNormalization()(y)
    y = Activation('relu')(y)
    y = Conv2D(filters, 3, padding='same', use_bias=False)(y)
    y = BatchNormalization()(y)
    if strides > 1:
        x = Conv2D(filters, 1, strides=strides, padding='same', use_bias=False)(x)
    return Activation('relu')(Add()([x, y]))

inputs = Input(shape=x_train.shape[1:])
x = Conv2D(16, 3, padding='same', use_bias=False)(inputs)
x = BatchNormalization()(x)
x = Activation('relu')(x)
for filters, strides in [(16, 1), (32, 2), (64, 2)]:
    x = block(x, filters, strides)
x = GlobalAveragePooling2D()(x)
model = Model(inputs, Dense(CLASSES, activation='softmax')(x))
`,
}

// Named returns the design of a name of Presets or model.Networks, or of a
// packed design.
func Named(name string) (*Design, error) {
	if code, ok := Presets[name]; ok {
		code = strings.ReplaceAll(code, "CLASSES", strconv.Itoa(len(cifar10.Task.Classes)))
		s, err := keras.Read(code, cifar10.Task, task.Recipe{})
		if err != nil {
			return nil, fmt.Errorf("design: %s: %w", name, err)
		}
		return Of(s.Network), nil
	}
	if net, ok := model.Named(name); ok {
		return Of(net), nil
	}
	return Unpack(name)
}

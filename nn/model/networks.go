package model

// Networks lists the networks that can be named, with weights still to be drawn. A new one
// adds a line.
var Networks = []struct {
	Name  string
	About string
	New   func() *Network
}{
	{"tutorial", `Keras' tutorial "Your first CNN on CIFAR-10"`, Tutorial},
	{"tenfold", "seven convolutions with batch normalisation, ours", Tenfold},
	{"slim", "four convolutions with batch normalisation, for those in a hurry", Slim},
	{"resnet20", "Keras' residual network of 20 layers", ResNet20},
}

// Named returns the network of a name.
func Named(name string) (*Network, bool) {
	for _, n := range Networks {
		if n.Name == name {
			return n.New(), true
		}
	}
	return nil, false
}

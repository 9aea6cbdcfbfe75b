package layer

import (
	"encoding/json"
	"testing"
)

// TestKerasNames looks at what settings are called in a file, and at what their defaults are.
func TestKerasNames(t *testing.T) {
	two := [2]int{2, 2}
	for want, l := range map[string]Layer{
		`{}`:               BatchNormalization{},
		`{"center":false}`: LayerNormalization{NoCenter: true},
		`{"momentum":0.6,"epsilon":0.1,"center":false,"scale":false}`:                                           BatchNormalization{Momentum: 0.6, Epsilon: 0.1, NoCenter: true, NoScale: true},
		`{"kernel_size":[2,2],"depth_multiplier":3,"use_bias":false,"depthwise_initializer":"he_normal"}`:       DepthwiseConv2D{KernelSize: two, DepthMultiplier: 3, NoBias: true, DepthwiseInitializer: HeNormal},
		`{"filters":5,"kernel_size":[2,2],"padding":"same","activation":"silu","pointwise_initializer":"ones"}`: SeparableConv2D{Filters: 5, KernelSize: two, Padding: Same, Activation: "silu", PointwiseInitializer: Ones},
		`{"keepdims":true}`:                                          GlobalAveragePooling2D{KeepDims: true},
		`{"pool_size":[2,2],"padding":"same"}`:                       AveragePooling2D{PoolSize: two, Padding: Same},
		`{"padding":[[1,0],[2,3]]}`:                                  ZeroPadding2D{Padding: [2][2]int{{1, 0}, {2, 3}}},
		`{"max_value":6,"negative_slope":0.25,"threshold":0.5}`:      ReLU{6, 0.25, 0.5},
		`{"alpha_initializer":"constant(0.25)","shared_axes":[1,2]}`: PReLU{SharedAxes: []int{1, 2}, AlphaInitializer: Constant(0.25)},
		`{"axis":1}`:                Concatenate{Axis: 1},
		`{"scale":0.5,"offset":-1}`: Rescaling{0.5, -1},
		`{"stddev":0.5}`:            GaussianNoise{Stddev: 0.5},
	} {
		b, err := json.Marshal(l)
		if err != nil || string(b) != want {
			t.Errorf("%T is written as %s, want %s (%v)", l, b, want, err)
		}
	}
	for config, want := range map[string]Layer{
		`{"center":true,"scale":false}`: BatchNormalization{NoScale: true}, `{"center":"yes"}`: nil, `{"momentum":"a lot"}`: nil,
	} {
		l, err := Decode(Config{"BatchNormalization", []byte(config)})
		if want == nil && err == nil || want != nil && l != want {
			t.Errorf("%s was read as %+v (%v)", config, l, err)
		}
	}
}

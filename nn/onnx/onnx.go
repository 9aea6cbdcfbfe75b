// Package onnx reads and writes networks as ONNX files, in which they move between PyTorch,
// TensorFlow, browsers and devices. A file is one message of protocol buffers: a graph of operators
// with constants for weights, in the files protobuf.go, proto.go and decode.go.
//
// Writing makes operators of each layer, by a table in writelayers.go. Reading makes layers of the
// operators, by a table in nodes.go, in three steps that are not layers themselves: what is known
// before there are pictures is worked out (fold.go), what only turns axes is noted (layout.go), and
// what is done to each element alone is recognised as one of the activations (function.go).
//
// Sources: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto, the messages;
// https://onnx.ai/onnx/operators/, the operators and their versions;
// https://protobuf.dev/programming-guides/encoding/, the bytes.
package onnx

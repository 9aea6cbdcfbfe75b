package onnx

import (
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// reshape puts the channels last first, so that the numbers keep the order that they have here, and
// then where ONNX has them. A size of 0 is the batch's.
func (w *writer) reshape(n model.Node, in []task.Shape, x []string) string {
	if len(in[0]) > 1 {
		x = []string{w.node("Transpose", n.Name+"/channels_last", x, Attribute{"perm", outwards(len(in[0]))})}
	}
	shape := []int64{0}
	for _, k := range n.Out {
		shape = append(shape, int64(k))
	}
	w.graph.Constants = append(w.graph.Constants, Integers(n.Name+"/shape", shape, len(shape)))
	x = append(x, n.Name+"/shape")
	if len(n.Out) == 1 {
		return w.node("Reshape", n.Name, x)
	}
	return w.node("Transpose", n.Name, []string{w.node("Reshape", n.Name+"/reshaped", x)}, Attribute{"perm", inwards(len(n.Out))})
}

// reshaped returns a Reshape to a picture of what lies in the file as it does here; nil where it does not.
func (b *builder) reshaped(n *Node, v *value, sizes []int) (*value, error) {
	if len(sizes) != 3 || v.flat != nil || !v.whole() || !inOrder(v.shape, v.order) {
		return nil, nil
	}
	return b.add(n, layer.Reshape{TargetShape: sizes}, nil, upTo(len(sizes)), v)
}

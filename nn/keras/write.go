package keras

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// Define writes a network over pictures of shape input as the tutorial does, a function
// make_model, for Keras 3. Of nodes it needs name, layer and inputs.
func Define(input task.Shape, nodes []model.Node) string { return definition(input, nodes, 0) }

// definition writes it with a penalty of l2 on the kernels that have none.
func definition(input task.Shape, nodes []model.Node, l2 float64) string {
	var b strings.Builder
	b.WriteString("def make_model():\n")
	if row(nodes) {
		b.WriteString("    model = Sequential()\n")
		fmt.Fprintf(&b, "    model.add(Input(shape=%s))\n", shapeOf(input))
		for _, n := range nodes {
			fmt.Fprintf(&b, "    model.add(%s)\n", Call(n.Layer, l2))
		}
		b.WriteString("    return model\n")
		return b.String()
	}
	name := func(i int) string {
		if i == model.Input {
			return "inputs"
		}
		return nodes[i].Name
	}
	fmt.Fprintf(&b, "    inputs = Input(shape=%s)\n", shapeOf(input))
	for _, n := range nodes {
		of := name(n.In[0])
		if _, several := n.Layer.(layer.Merger); several {
			var all []string
			for _, i := range n.In {
				all = append(all, name(i))
			}
			of = "[" + strings.Join(all, ", ") + "]"
		}
		fmt.Fprintf(&b, "    %s = %s(%s)\n", n.Name, Call(n.Layer, l2), of)
	}
	fmt.Fprintf(&b, "    return Model(inputs, %s)\n", name(len(nodes)-1))
	return b.String()
}

// row reports whether each layer's input is the output of the one before.
func row(nodes []model.Node) bool {
	for i, n := range nodes {
		if len(n.In) != 1 || n.In[0] != i-1 {
			return false
		}
	}
	return true
}

// Call writes a layer as Keras' call of its class, with a penalty of l2 if it has a kernel without
// one.
func Call(l layer.Layer, l2 float64) string {
	class, _ := layer.Class(l)
	given := layer.Given(l)
	var args []string
	byPlace := true
	for _, a := range layer.Arguments(class) {
		v, ok := given[a.Name]
		if a.Kind == layer.Regularizer && !ok && l2 > 0 {
			v, ok = l2, true
		}
		if byPlace = byPlace && a.Default == ""; !ok {
			continue
		}
		text := Literal(a, v)
		if !byPlace {
			if text == a.Default {
				continue
			}
			text = a.Name + "=" + text
		}
		args = append(args, text)
	}
	if class == "DepthwiseConv2D" || class == "SeparableConv2D" {
		if l2 > 0 {
			args = append(args, "depthwise_regularizer="+penaltyOf(l2))
		}
		if l2 > 0 && class == "SeparableConv2D" {
			args = append(args, "pointwise_regularizer="+penaltyOf(l2))
		}
	}
	return class + "(" + strings.Join(args, ", ") + ")"
}

func penaltyOf(l2 float64) string { return "regularizers.L2(" + numberOf(l2) + ")" }

// Literal writes a value of an argument's, as layer.Given has it, as Python does.
func Literal(a layer.Argument, v any) string {
	switch v := v.(type) {
	case bool:
		return map[bool]string{true: "True", false: "False"}[v]
	case float64:
		if a.Kind == layer.Regularizer {
			return penaltyOf(v)
		}
		return numberOf(v)
	case [2]int:
		return shapeOf(v[:])
	case [2][2]int:
		return "(" + shapeOf(v[0][:]) + ", " + shapeOf(v[1][:]) + ")"
	case []int:
		if a.Kind == layer.Sizes {
			return shapeOf(v)
		}
		return strings.ReplaceAll(fmt.Sprint(v), " ", ", ")
	case string:
		if inside, ok := strings.CutPrefix(v, "constant("); ok && a.Kind == layer.FirstValues {
			return "initializers.Constant(" + inside
		}
		return "'" + v + "'"
	}
	return fmt.Sprint(v)
}

// importing writes the lines that import what a network is made of.
func importing(input task.Shape, nodes []model.Node, l2 float64) string {
	classes := map[string]bool{"Input": true}
	for _, n := range nodes {
		class, _ := layer.Class(n.Layer)
		classes[class] = true
	}
	names := slices.SortedFunc(maps.Keys(classes), func(a, b string) int { return cmp.Compare(strings.ToLower(a), strings.ToLower(b)) })
	var b strings.Builder
	code := definition(input, nodes, l2)
	for _, part := range []string{"initializers", "regularizers"} {
		if strings.Contains(code, part+".") {
			fmt.Fprintf(&b, "from keras import %s\n", part)
		}
	}
	fmt.Fprintf(&b, "from keras.layers import %s\n", strings.Join(names, ", "))
	fmt.Fprintf(&b, "from keras.models import %s\n", map[bool]string{true: "Sequential", false: "Model"}[row(nodes)])
	return b.String()
}

// Code writes Define with the lines that import what it needs.
func Code(input task.Shape, nodes []model.Node) string {
	return importing(input, nodes, 0) + "\n" + Define(input, nodes)
}

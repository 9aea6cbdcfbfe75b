package format

import (
	"fmt"
	"slices"

	flatbuffers "github.com/google/flatbuffers/go"
)

// file writes the graph as TensorFlow Lite's tables, whose fields are counted as the schema
// has them.
func (g *tfliteGraph) file(description string) []byte {
	b := flatbuffers.NewBuilder(1 << 20)
	var codes, tensors, operators, buffers []flatbuffers.UOffsetT
	for _, c := range g.codes {
		b.StartObject(4)
		b.PrependInt8Slot(0, int8(min(c, 127)), 0) // for readers from before there were more
		b.PrependInt32Slot(2, 1, 0)
		b.PrependInt32Slot(3, int32(c), 0)
		codes = append(codes, b.EndObject())
	}
	for _, t := range g.tensors {
		name, dims := b.CreateString(t.name), integers(b, t.dims)
		b.StartObject(8)
		b.PrependUOffsetTSlot(0, dims, 0)
		b.PrependByteSlot(1, t.of, 0)
		b.PrependUint32Slot(2, uint32(t.buffer), 0)
		b.PrependUOffsetTSlot(3, name, 0)
		tensors = append(tensors, b.EndObject())
	}
	for _, o := range g.operators {
		operators = append(operators, o.write(b))
	}
	for _, data := range g.buffers {
		var at flatbuffers.UOffsetT
		if len(data) > 0 {
			b.StartVector(1, len(data), 16) // the schema's force_align
			for _, v := range slices.Backward(data) {
				b.PrependByte(v)
			}
			at = b.EndVector(len(data))
		}
		b.StartObject(1)
		b.PrependUOffsetTSlot(0, at, 0)
		buffers = append(buffers, b.EndObject())
	}
	name, text := b.CreateString("main"), b.CreateString(description)
	all, operations := offsets(b, tensors), offsets(b, operators)
	inputs, outputs := integers(b, []int{g.input}), integers(b, g.outputs[len(g.outputs)-1:])
	b.StartObject(5) // SubGraph
	for i, at := range []flatbuffers.UOffsetT{all, inputs, outputs, operations, name} {
		b.PrependUOffsetTSlot(i, at, 0)
	}
	graphs := offsets(b, []flatbuffers.UOffsetT{b.EndObject()})
	used, data := offsets(b, codes), offsets(b, buffers)
	b.StartObject(5) // Model
	b.PrependUint32Slot(0, 3, 0)
	for i, at := range []flatbuffers.UOffsetT{used, graphs, text, data} {
		b.PrependUOffsetTSlot(1+i, at, 0)
	}
	b.FinishWithFileIdentifier(b.EndObject(), []byte("TFL3"))
	return b.FinishedBytes()
}

// write adds an Operator.
func (o tfliteOperator) write(b *flatbuffers.Builder) flatbuffers.UOffsetT {
	var settings flatbuffers.UOffsetT
	if o.options.table != 0 {
		b.StartObject(len(o.options.fields))
		for i, v := range o.options.fields {
			switch v := v.(type) { // fields are written even where they are the default
			case byte:
				b.PrependByte(v)
			case bool:
				b.PrependBool(v)
			case int32:
				b.PrependInt32(v)
			case float32:
				b.PrependFloat32(v)
			default:
				panic(fmt.Sprintf("format: an option cannot be a %T", v))
			}
			b.Slot(i)
		}
		settings = b.EndObject()
	}
	inputs, outputs := integers(b, o.inputs), integers(b, o.outputs)
	b.StartObject(5)
	b.PrependUint32Slot(0, uint32(o.code), 0)
	b.PrependUOffsetTSlot(1, inputs, 0)
	b.PrependUOffsetTSlot(2, outputs, 0)
	b.PrependByteSlot(3, o.options.table, 0)
	b.PrependUOffsetTSlot(4, settings, 0)
	return b.EndObject()
}

// integers adds a vector of 32-bit integers.
func integers(b *flatbuffers.Builder, v []int) flatbuffers.UOffsetT {
	b.StartVector(4, len(v), 4)
	for _, n := range slices.Backward(v) {
		b.PrependInt32(int32(n))
	}
	return b.EndVector(len(v))
}

// offsets adds a vector of tables.
func offsets(b *flatbuffers.Builder, v []flatbuffers.UOffsetT) flatbuffers.UOffsetT {
	b.StartVector(4, len(v), 4)
	for _, at := range slices.Backward(v) {
		b.PrependUOffsetT(at)
	}
	return b.EndVector(len(v))
}

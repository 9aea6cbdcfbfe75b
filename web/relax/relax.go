// Package relax rewrites a WebAssembly program so that its multiply-adds use
// f32x4.relaxed_madd, which a processor with a fused multiply-add does in one
// instruction. Go's assembler knows the instruction but writes it wrongly (with an
// extra byte), and its compiler never uses it.
//
// Rewritten is a multiplication whose product is added at once to a local variable,
// which is what the tiles of nn/kernel consist of. No length changes:
//
//	f32x4.mul nop; local.get c; f32x4.add nop
//	local.get c; f32x4.relaxed_madd; nop nop nop nop nop
//
// Source: https://github.com/WebAssembly/relaxed-simd/blob/main/proposals/relaxed-simd/Overview.md.
package relax

import (
	"bytes"
	"encoding/binary"
	"errors"
)

const (
	nop      = 0x01
	localGet = 0x20
	codeID   = 10 // the section that holds code
)

var (
	header = []byte("\x00asm\x01\x00\x00\x00")
	// The instructions with their prefix, as Go writes them: the opcodes of the
	// second page of SIMD instructions with a nop behind.
	mul  = []byte{0xfd, 0xe6, 0x01, nop}
	add  = []byte{0xfd, 0xe4, 0x01, nop}
	madd = []byte{0xfd, 0x85, 0x02, nop, nop, nop, nop, nop}
)

// Rewrite returns a copy of the program with its multiply-adds relaxed, and how many
// there were. What is no WebAssembly program, or is cut short, is an error.
func Rewrite(program []byte) ([]byte, int, error) {
	if !bytes.HasPrefix(program, header) {
		return nil, 0, errors.New("relax: this is no WebAssembly program")
	}
	out := bytes.Clone(program)
	count := 0
	for rest := out[len(header):]; len(rest) > 0; {
		id := rest[0]
		size, n := binary.Uvarint(rest[1:])
		if n <= 0 || size > uint64(len(rest)-1-n) {
			return nil, 0, errors.New("relax: the program is cut short")
		}
		section := rest[1+n:][:size]
		if id == codeID {
			count += rewrite(section)
		}
		rest = rest[1+n+int(size):]
	}
	return out, count, nil
}

// rewrite changes the code and counts what it changed. A local's number takes one
// byte: those of the tiles do.
func rewrite(code []byte) (count int) {
	length := len(mul) + 2 + len(add)
	for {
		i := bytes.Index(code, mul)
		if i < 0 || len(code)-i < length {
			return count
		}
		code = code[i:]
		local := code[len(mul) : len(mul)+2]
		if local[0] != localGet || local[1] >= 0x80 || !bytes.HasPrefix(code[len(mul)+2:], add) {
			code = code[1:]
			continue
		}
		copy(code, []byte{localGet, local[1]})
		copy(code[2:length], madd)
		code = code[length:]
		count++
	}
}

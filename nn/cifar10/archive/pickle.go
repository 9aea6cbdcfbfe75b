package archive

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// Limits of a pickle: an official batch has 50,000 instructions and 10,000 entries of a list.
const (
	maxInstructions = 1 << 20
	maxNames        = 1 << 16 // that are remembered
)

// What a pickle holds: int, bool, nil, bytes for a string, *list, *dict, tuple, and global,
// a name of Python's, and called, what a global was called with. Nothing is
// called or built here.
type (
	list   struct{ items []any }
	dict   struct{ keys, values []any }
	tuple  []any
	global string
	called struct {
		what  global
		with  tuple
		state any // what Python would pass to __setstate__; nil for none
	}
	mark struct{}
)

// get returns the value of a string key of a dict; ok is false if there is
// none.
func (d *dict) get(key string) (value any, ok bool) {
	for i, k := range d.keys {
		if s, is := k.([]byte); is && string(s) == key {
			return d.values[i], true
		}
	}
	return nil, false
}

// unpickler reads a pickle as data: https://docs.python.org/3/library/pickle.html, and
// pickletools.py for the instructions.
type unpickler struct {
	rest  []byte
	stack []any
	memo  map[uint32]any
}

var errCut = errors.New("it is cut short")

// unpickle reads a pickle of protocol 2, with which Python 2 wrote the data
// set, to 4, with which Python 3 may have saved it again. It knows the
// instructions for lists, dictionaries, strings, numbers and NumPy's arrays.
// Strings share b's memory.
func unpickle(b []byte) (any, error) {
	u := &unpickler{rest: b, memo: map[uint32]any{}}
	for range maxInstructions {
		op, err := u.take(1)
		if err != nil {
			return nil, err
		}
		if op[0] == '.' {
			return u.pop()
		}
		do := instructions[op[0]]
		if do == nil {
			return nil, fmt.Errorf("it has instruction %#02x, which no batch of CIFAR-10 has", op[0])
		}
		if err := do(u); err != nil {
			return nil, err
		}
	}
	return nil, fmt.Errorf("it has over %d instructions", maxInstructions)
}

// instructions are those that are known, by their byte.
var instructions = map[byte]func(u *unpickler) error{
	0x80: func(u *unpickler) error { // PROTO
		b, err := u.take(1)
		if err == nil && (b[0] < 2 || b[0] > 4) {
			return fmt.Errorf("it has protocol %d, want 2, as the official files have, to 4", b[0])
		}
		return err
	},
	0x95: func(u *unpickler) error { // FRAME
		_, err := u.take(8)
		return err
	},
	'(':  func(u *unpickler) error { return u.push(mark{}) },
	'N':  func(u *unpickler) error { return u.push(nil) },
	0x88: func(u *unpickler) error { return u.push(true) },
	0x89: func(u *unpickler) error { return u.push(false) },
	'K':  func(u *unpickler) error { return u.number(1) }, // BININT1
	'M':  func(u *unpickler) error { return u.number(2) }, // BININT2
	'J':  func(u *unpickler) error { return u.number(4) }, // BININT
	'U':  func(u *unpickler) error { return u.text(1) },   // SHORT_BINSTRING
	'T':  func(u *unpickler) error { return u.text(4) },   // BINSTRING
	'X':  func(u *unpickler) error { return u.text(4) },   // BINUNICODE
	0x8c: func(u *unpickler) error { return u.text(1) },   // SHORT_BINUNICODE
	'C':  func(u *unpickler) error { return u.text(1) },   // SHORT_BINBYTES
	'B':  func(u *unpickler) error { return u.text(4) },   // BINBYTES
	']':  func(u *unpickler) error { return u.push(&list{}) },
	'}':  func(u *unpickler) error { return u.push(&dict{}) },
	')':  func(u *unpickler) error { return u.push(tuple{}) },
	'a': func(u *unpickler) error { // APPEND
		v, err := u.pop()
		if err != nil {
			return err
		}
		return u.extend([]any{v})
	},
	'e': func(u *unpickler) error { // APPENDS
		all, err := u.marked()
		if err != nil {
			return err
		}
		return u.extend(all)
	},
	's': func(u *unpickler) error { // SETITEM
		all, err := u.last(2)
		if err != nil {
			return err
		}
		return u.set(all)
	},
	'u': func(u *unpickler) error { // SETITEMS
		all, err := u.marked()
		if err != nil {
			return err
		}
		return u.set(all)
	},
	't': func(u *unpickler) error { // TUPLE
		all, err := u.marked()
		if err != nil {
			return err
		}
		return u.push(tuple(all))
	},
	0x85: func(u *unpickler) error { return u.tuple(1) },
	0x86: func(u *unpickler) error { return u.tuple(2) },
	0x87: func(u *unpickler) error { return u.tuple(3) },
	'q':  func(u *unpickler) error { return u.put(1) },
	'r':  func(u *unpickler) error { return u.put(4) },
	'h':  func(u *unpickler) error { return u.recall(1) },
	'j':  func(u *unpickler) error { return u.recall(4) },
	0x94: func(u *unpickler) error { return u.remember(uint32(len(u.memo))) }, // MEMOIZE
	'c':  (*unpickler).global,
	0x93: func(u *unpickler) error { // STACK_GLOBAL
		all, err := u.last(2)
		if err != nil {
			return err
		}
		module, ok := all[0].([]byte)
		name, ok2 := all[1].([]byte)
		if !ok || !ok2 {
			return errors.New("it names what has no name")
		}
		return u.push(global(string(module) + "." + string(name)))
	},
	'R': func(u *unpickler) error { // REDUCE
		all, err := u.last(2)
		if err != nil {
			return err
		}
		what, ok := all[0].(global)
		with, ok2 := all[1].(tuple)
		if !ok || !ok2 {
			return errors.New("it calls what cannot be called")
		}
		if what == "_codecs.encode" { // so Python 3 writes bytes for Python 2
			b, err := latin(with)
			if err != nil {
				return err
			}
			return u.push(b)
		}
		return u.push(&called{what: what, with: with})
	},
	'b': func(u *unpickler) error { // BUILD
		state, err := u.pop()
		if err != nil {
			return err
		}
		c, ok := u.top().(*called)
		if !ok {
			return errors.New("it gives a state to what has none")
		}
		c.state = state
		return nil
	},
}

func (u *unpickler) take(n int) ([]byte, error) {
	if n < 0 || n > len(u.rest) {
		return nil, errCut
	}
	b := u.rest[:n:n]
	u.rest = u.rest[n:]
	return b, nil
}

// unsigned reads a number of 1, 2 or 4 bytes.
func (u *unpickler) unsigned(size int) (uint32, error) {
	b, err := u.take(size)
	if err != nil {
		return 0, err
	}
	var four [4]byte
	copy(four[:], b)
	return binary.LittleEndian.Uint32(four[:]), nil
}

func (u *unpickler) push(v any) error {
	u.stack = append(u.stack, v)
	return nil
}

func (u *unpickler) top() any {
	if len(u.stack) == 0 {
		return nil
	}
	return u.stack[len(u.stack)-1]
}

func (u *unpickler) pop() (any, error) {
	all, err := u.last(1)
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// last takes n values from the stack, none of which is a mark.
func (u *unpickler) last(n int) ([]any, error) {
	at := len(u.stack) - n
	if at < 0 {
		return nil, errors.New("it takes more than it has")
	}
	for _, v := range u.stack[at:] {
		if v == any(mark{}) {
			return nil, errors.New("it takes more than it has")
		}
	}
	all := append([]any(nil), u.stack[at:]...)
	u.stack = u.stack[:at]
	return all, nil
}

// marked takes all above the last mark, and the mark.
func (u *unpickler) marked() ([]any, error) {
	for at := len(u.stack) - 1; at >= 0; at-- {
		if _, ok := u.stack[at].(mark); ok {
			all := append([]any(nil), u.stack[at+1:]...)
			u.stack = u.stack[:at]
			return all, nil
		}
	}
	return nil, errors.New("it ends what it has not begun")
}

func (u *unpickler) number(size int) error {
	n, err := u.unsigned(size)
	if err != nil {
		return err
	}
	return u.push(int(int32(n))) // those of 1 and 2 bytes have no sign
}

func (u *unpickler) text(size int) error {
	n, err := u.unsigned(size)
	if err != nil {
		return err
	}
	b, err := u.take(int(int32(n)))
	if err != nil {
		return err
	}
	return u.push(b)
}

func (u *unpickler) tuple(n int) error {
	all, err := u.last(n)
	if err != nil {
		return err
	}
	return u.push(tuple(all))
}

func (u *unpickler) extend(all []any) error {
	l, ok := u.top().(*list)
	if !ok {
		return errors.New("it appends to what is no list")
	}
	l.items = append(l.items, all...)
	return nil
}

func (u *unpickler) set(all []any) error {
	d, ok := u.top().(*dict)
	if !ok || len(all)%2 != 0 {
		return errors.New("it gives entries to what is no dictionary")
	}
	for i := 0; i < len(all); i += 2 {
		d.keys, d.values = append(d.keys, all[i]), append(d.values, all[i+1])
	}
	return nil
}

func (u *unpickler) put(size int) error {
	n, err := u.unsigned(size)
	if err != nil {
		return err
	}
	return u.remember(n)
}

func (u *unpickler) remember(n uint32) error {
	if len(u.stack) == 0 || len(u.memo) >= maxNames {
		return errors.New("it remembers too much, or nothing")
	}
	u.memo[n] = u.top()
	return nil
}

// latin returns the bytes that a text and the name of its encoding, Latin-1,
// stand for, one for each character.
func latin(with tuple) ([]byte, error) {
	if len(with) != 2 || !is(with[1], "latin1") {
		return nil, errors.New("it holds a text in an encoding that is not known")
	}
	text, ok := with[0].([]byte)
	if !ok {
		return nil, errors.New("it encodes what is no text")
	}
	out := make([]byte, 0, len(text))
	for _, r := range string(text) {
		if r > 0xff {
			return nil, errors.New("it encodes what is no text of Latin-1")
		}
		out = append(out, byte(r))
	}
	return out, nil
}

func (u *unpickler) recall(size int) error {
	n, err := u.unsigned(size)
	if err != nil {
		return err
	}
	v, ok := u.memo[n]
	if !ok {
		return errors.New("it recalls what it has not remembered")
	}
	return u.push(v)
}

// global reads two lines: a module and a name in it.
func (u *unpickler) global() error {
	var names [2]string
	for i := range names {
		at := bytes.IndexByte(u.rest, '\n')
		if at < 0 || at > 200 {
			return errCut
		}
		names[i] = string(u.rest[:at])
		u.rest = u.rest[at+1:]
	}
	return u.push(global(names[0] + "." + names[1]))
}

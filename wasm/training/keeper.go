package training

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
)

// keeper keeps the last two of what it is given, each with a checksum: a write always
// replaces the older one, so that one that is cut off costs nothing.
type keeper struct {
	Store
	names [2]string
	turn  uint64 // of the newest
}

// head is the checksum of the rest, and the turn.
const head = 4 + 8

var table = crc32.MakeTable(crc32.Castagnoli)

// newKeeper finds the newest of what is stored.
func newKeeper(s Store, names [2]string) *keeper {
	k := &keeper{Store: s, names: names}
	for i := range names {
		if turn, _, err := k.read(i); err == nil {
			k.turn = max(k.turn, turn)
		}
	}
	return k
}

func (k *keeper) read(i int) (turn uint64, payload []byte, err error) {
	b, err := k.Store.Read(k.names[i])
	if err != nil {
		return 0, nil, err
	}
	if len(b) < head || crc32.Checksum(b[4:], table) != binary.LittleEndian.Uint32(b) {
		return 0, nil, fmt.Errorf("training: %s is damaged", k.names[i])
	}
	return binary.LittleEndian.Uint64(b[4:]), b[head:], nil
}

// save writes payload in place of the older one.
func (k *keeper) save(payload []byte) error {
	b := make([]byte, head, head+len(payload))
	binary.LittleEndian.PutUint64(b[4:], k.turn+1)
	b = append(b, payload...)
	binary.LittleEndian.PutUint32(b, crc32.Checksum(b[4:], table))
	if err := k.Store.Write(k.names[(k.turn+1)%2], b); err != nil {
		return err
	}
	k.turn++
	return nil
}

// load returns the newest that can be read, or an error that is fs.ErrNotExist.
// damaged says that a newer one could not.
func (k *keeper) load() (payload []byte, damaged bool, err error) {
	var newest uint64
	for i := range k.names {
		turn, p, e := k.read(i)
		switch {
		case errors.Is(e, fs.ErrNotExist):
		case e != nil:
			damaged = true
		case payload == nil || turn > newest:
			newest, payload = turn, p
		}
	}
	if payload == nil {
		return nil, damaged, fs.ErrNotExist
	}
	return payload, damaged, nil
}

// clear removes both.
func (k *keeper) clear() error {
	return errors.Join(k.Store.Remove(k.names[0]), k.Store.Remove(k.names[1]))
}

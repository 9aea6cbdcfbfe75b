package network

import (
	"fmt"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/words"
)

// Offer is a network that may come into use.
type Offer struct {
	Kind  string // as Network.Using
	Name  string // of the file that it is from
	Model []byte
	Back  bool // it was in use before the page's program had to start again
	id    uint64
	sent  bool
}

// firstOffer is where the IDs of offers begin, so that none is that of a picture or a question.
const firstOffer = 1 << 40

// Use offers the worker another model. Until it has loaded it the one before is in use.
func (n *Network) Use(o Offer) error {
	n.offer++
	o.id = firstOffer + n.offer
	n.offers = append(n.offers, o)
	return n.offerAll()
}

// offerAll sends what is offered, if there is a worker that has a model.
func (n *Network) offerAll() error {
	for i := range n.offers {
		if o := &n.offers[i]; n.Loaded != nil && !o.sent {
			o.sent = true
			if err := n.send(protocol.Load{ID: o.id, Model: o.Model}); err != nil {
				return err
			}
		}
	}
	return nil
}

// take puts a network that the worker has loaded to use.
func (n *Network) take(o Offer) error {
	opening := o.Kind == Opening
	if (n.Using == Opening) != opening {
		beside := n.Shipped
		if opening {
			beside = nil
		}
		if err := n.Compare(beside); err != nil {
			return err
		}
	}
	if n.temper != 0 { // it was for the network before
		if err := n.Temper(0); err != nil {
			return err
		}
	}
	n.Using, n.File = o.Kind, o.Model
	n.taken(o)
	return nil
}

// judged takes the offer that an ID belongs to from the list. The worker answers in order.
func (n *Network) judged(id uint64) (Offer, bool) {
	for i, o := range n.offers {
		if o.id == id && o.sent {
			n.offers = n.offers[i+1:]
			return o, true
		}
	}
	return Offer{}, false
}

// refused says why an offer did not come into use.
func (o Offer) refused(why string) error {
	if o.Name != "" {
		return fmt.Errorf(words.Network.RefusedFile, o.Name, why)
	}
	return fmt.Errorf(words.Network.Refused, why)
}

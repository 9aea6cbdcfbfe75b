package layer

import "encoding/json"

// Not is a setting of Keras' whose default is True, so that its zero value is the default:
// Not(true) is written as false.
type Not bool

// MarshalJSON implements json.Marshaler.
func (n Not) MarshalJSON() ([]byte, error) { return json.Marshal(!bool(n)) }

// UnmarshalJSON implements json.Unmarshaler.
func (n *Not) UnmarshalJSON(b []byte) error {
	var v bool
	err := json.Unmarshal(b, &v)
	*n = Not(!v)
	return err
}

// or is v, or def where v is not set.
func or(v, def float64) float64 {
	if v == 0 {
		return def
	}
	return v
}

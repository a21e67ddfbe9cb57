package models

// Absence says why a party to deals cannot act for now. The zero Absence is that of a party
// that can.
type Absence struct {
	Suspended bool // the party, or everybody who could act for it, is suspended
	Leaving   bool // whoever the party is has asked for everything about them to be erased
}

// IsAway says whether the party cannot act, or is about to be gone.
func (a Absence) IsAway() bool { return a.Suspended || a.Leaving }

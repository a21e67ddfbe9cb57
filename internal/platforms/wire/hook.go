package wire

import (
	"errors"
	"time"
)

// What is wrong with a message that a platform is said to have sent.
var (
	// ErrSignature: forged, late, or not for this app: one refusal for all.
	ErrSignature = errors.New("a message that is not signed for this app")
	// ErrOther: rightly signed, and about nothing that concerns us.
	ErrOther = errors.New("a message about something else")
)

// LateAfter is how old a signed message may be, and how far ahead of us.
const LateAfter = 300 * time.Second

// Fresh says whether a message was signed just now.
func Fresh(at, now time.Time) bool {
	return !at.Before(now.Add(-LateAfter)) && !at.After(now.Add(LateAfter))
}

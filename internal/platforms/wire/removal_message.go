package wire

import (
	"errors"
	"time"
)

// What is wrong with a message that a platform is said to have sent.
var (
	// ErrBadSignature: forged, late, or not for this app: one refusal for all.
	ErrBadSignature = errors.New("a message that is not signed for this app")
	// ErrUnrelatedMessage: rightly signed, and about nothing that concerns us.
	ErrUnrelatedMessage = errors.New("a message about something else")
)

// MaxMessageAge is how old a signed message may be, and how far ahead of us.
const MaxMessageAge = 300 * time.Second

// IsFreshMessage says whether a message was signed just now.
func IsFreshMessage(at, now time.Time) bool {
	return !at.Before(now.Add(-MaxMessageAge)) && !at.After(now.Add(MaxMessageAge))
}

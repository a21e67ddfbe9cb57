package accounts

// Hashes is how many passwords were hashed in this process.
func Hashes() int64 { return hashes.Load() }

// SessionRow is the model of a session.
type SessionRow = sessionRow

// HashSessionToken is how the session manager hands a token to its store.
var HashSessionToken = hashSessionToken

// outside is the work of hashes outside these tests, where they cost next to
// nothing.
var outside = cheapened()

func cheapened() argonWork {
	before := hashWork
	hashWork = argonWork{memory: 8, passes: 1, threads: 1}
	return before
}

// WorkOutside is what a hash costs outside them: memory in KiB, and passes.
func WorkOutside() (memory, passes uint32) { return outside.memory, outside.passes }

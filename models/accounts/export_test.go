package accounts

// Hashes is how many passwords were hashed in this process.
func Hashes() int64 { return hashes.Load() }

// SessionRow is the model of a session.
type SessionRow = sessionRow

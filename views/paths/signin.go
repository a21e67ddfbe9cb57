package paths

// ConfirmIdentity asks somebody who is signed in to show again who she is, and
// goes on to next.
func ConfirmIdentity(next string) string { return withNext("/confirm-identity", next) }

// Security is where a person sees how she signs in, and where she is signed in.
func Security() string { return "/settings/security" }

// SessionEnd signs out in one browser (POST).
func SessionEnd(id string) string { return Security() + "/sessions/" + esc(id) + "/end" }

// OtherSessionsEnd signs out in all other browsers (POST).
func OtherSessionsEnd() string { return Security() + "/sessions/others/end" }

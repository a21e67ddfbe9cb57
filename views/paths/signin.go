package paths

// ConfirmIdentity asks somebody who is signed in to show again who they are, and
// goes on to next.
func ConfirmIdentity(next string) string { return withNext("/confirm-identity", next) }

// SecuritySettings is where a person sees how they sign in, and where they are signed in.
func SecuritySettings() string { return "/settings/security" }

// SessionEnd signs out in one browser (POST).
func SessionEnd(id string) string { return SecuritySettings() + "/sessions/" + esc(id) + "/end" }

// OtherSessionsEnd signs out in all other browsers (POST).
func OtherSessionsEnd() string { return SecuritySettings() + "/sessions/others/end" }

// ForgottenPassword asks for the e-mail address to which a link to a new password goes.
func ForgottenPassword() string { return "/forgot" }

// PasswordReset is that link.
func PasswordReset(token string) string { return "/reset/" + esc(token) }

// Password changes the password (POST).
func Password() string { return SecuritySettings() + "/password" }

// PasswordLink sends a link to set one (POST).
func PasswordLink() string { return Password() + "/link" }

// SecondFactorCode asks for the second factor of a sign-in.
func SecondFactorCode() string { return "/signin/factor" }

// SecondFactor sets one up.
func SecondFactor() string { return SecuritySettings() + "/factor" }

// SecondFactorBegin makes the secret of one (POST).
func SecondFactorBegin() string { return SecondFactor() + "/begin" }

// SecondFactorEnd turns it off (POST).
func SecondFactorEnd() string { return SecondFactor() + "/end" }

// RecoveryCodes makes new recovery codes (POST).
func RecoveryCodes() string { return SecondFactor() + "/recovery" }

// Passkeys keeps a new passkey (POST).
func Passkeys() string { return SecuritySettings() + "/passkeys" }

// PasskeysBegin gives what making one needs (POST).
func PasskeysBegin() string { return Passkeys() + "/begin" }

// PasskeyRemoval takes one away (POST).
func PasskeyRemoval(id string) string { return Passkeys() + "/" + esc(id) + "/removal" }

// PasskeySignIn signs in with a passkey, or proves who is signed in (POST).
func PasskeySignIn() string { return "/signin/passkey" }

// PasskeySignInBegin gives what showing one needs (POST).
func PasskeySignInBegin() string { return PasskeySignIn() + "/begin" }

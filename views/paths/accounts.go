package paths

// SignUp is where a brand makes its account.
func SignUp() string { return "/signup" }

// SignUpTo is SignUp with the path to go on to afterwards, "" for none.
func SignUpTo(next string) string { return withNext(SignUp(), next) }

// SignUpOIDC is where somebody whom the OpenID Connect provider has named
// makes their brand's account.
func SignUpOIDC(next string) string { return withNext("/signup/oidc", next) }

// SignIn is for everybody; next is the path to come back to, "" for none.
func SignIn(next string) string {
	return withNext("/signin", next)
}

// SignOut ends the session (POST).
func SignOut() string { return "/signout" }

// ProviderSignIn starts signing in with a provider (POST).
func ProviderSignIn(provider string) string { return "/auth/" + esc(provider) }

// SecondFactorCode asks for the second factor of a sign-in.
func SecondFactorCode() string { return "/signin/factor" }

// PasskeySignIn signs in with a passkey, or proves who is signed in (POST).
func PasskeySignIn() string { return "/signin/passkey" }

// PasskeySignInBegin gives what showing one needs (POST).
func PasskeySignInBegin() string { return PasskeySignIn() + "/begin" }

// Welcome asks a new creator for what the provider did not tell.
func Welcome() string { return "/welcome" }

// WelcomeTo is Welcome with the path to go on to afterwards, "" for none.
func WelcomeTo(next string) string { return withNext(Welcome(), next) }

// EmailConfirmation confirms an e-mail address.
func EmailConfirmation(token string) string { return "/confirm/" + esc(token) }

// ForgottenPassword asks for the e-mail address to which a link to a new password goes.
func ForgottenPassword() string { return "/forgot" }

// PasswordReset is that link.
func PasswordReset(token string) string { return "/reset/" + esc(token) }

// ConfirmIdentity asks somebody who is signed in to show again who they are, and
// goes on to next.
func ConfirmIdentity(next string) string { return withNext("/confirm-identity", next) }

// Settings are the person's own.
func Settings() string { return "/settings" }

// SecuritySettings is where a person sees how they sign in, and where they are signed in.
func SecuritySettings() string { return "/settings/security" }

// SignInMethodRemoval takes a way to sign in away (POST).
func SignInMethodRemoval(way string) string {
	return SecuritySettings() + "/ways/" + esc(way) + "/removal"
}

// SessionEnd signs out in one browser (POST).
func SessionEnd(id string) string { return SecuritySettings() + "/sessions/" + esc(id) + "/end" }

// OtherSessionsEnd signs out in all other browsers (POST).
func OtherSessionsEnd() string { return SecuritySettings() + "/sessions/others/end" }

// Password changes the password (POST).
func Password() string { return SecuritySettings() + "/password" }

// PasswordLink sends a link to set one (POST).
func PasswordLink() string { return Password() + "/link" }

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

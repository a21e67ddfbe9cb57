package paths

import "net/url"

// SignUp is where a brand creates its account.
func SignUp() string { return "/signup" }

// SignUpTo is SignUp with the path to go on to afterwards, "" for none.
func SignUpTo(next string) string { return withNext(SignUp(), next) }

// SignUpOIDC is where a person identified by the OpenID Connect provider creates an
// account for their brand, in one of the attempts that wait in a browser.
func SignUpOIDC(attempt, next string) string {
	query := url.Values{}
	if attempt != "" {
		query.Set("attempt", attempt)
	}
	if next != "" {
		query.Set("next", next)
	}
	return WithQuery("/signup/oidc", query)
}

// SignIn is the sign-in page; next is the path to return to, "" for none.
func SignIn(next string) string {
	return withNext("/signin", next)
}

// ConfirmationLink sends the link that confirms the person's address again (POST).
func ConfirmationLink() string { return "/settings/confirmation" }

// SignOut ends the session (POST).
func SignOut() string { return "/signout" }

// ProviderSignIn starts signing in with a provider (POST).
func ProviderSignIn(provider string) string { return "/auth/" + esc(provider) }

// SecondFactorCode asks for the second factor of a sign-in.
func SecondFactorCode() string { return "/signin/factor" }

// SecondFactorAttempt is SecondFactorCode for one of the sign-ins that wait in a browser.
func SecondFactorAttempt(id string) string { return SecondFactorCode() + "?attempt=" + esc(id) }

// PasskeySignIn signs in with a passkey, or proves who is signed in (POST).
func PasskeySignIn() string { return "/signin/passkey" }

// PasskeySignInBegin returns what the browser needs to use a passkey (POST).
func PasskeySignInBegin() string { return PasskeySignIn() + "/begin" }

// Welcome asks a new creator for what the provider did not provide.
func Welcome() string { return "/welcome" }

// WelcomeTo is Welcome with the path to go on to afterwards, "" for none.
func WelcomeTo(next string) string { return withNext(Welcome(), next) }

// EmailConfirmation confirms an e-mail address.
func EmailConfirmation(token string) string { return "/confirm/" + esc(token) }

// ForgottenPassword asks for the e-mail address to which to send a link for a new
// password.
func ForgottenPassword() string { return "/forgot" }

// PasswordReset is the link for a new password.
func PasswordReset(token string) string { return "/reset/" + esc(token) }

// ConfirmIdentity asks a signed-in person to prove again who they are, and continues at
// next.
func ConfirmIdentity(next string) string { return withNext("/confirm-identity", next) }

// IdentityCode is where a code by mail is asked for.
func IdentityCode() string { return "/confirm-identity/code" }

// SettingsThen are the person's own settings, from where a confirmed address leads on.
func SettingsThen(next string) string { return withNext(Settings(), next) }

// Settings are the person's own.
func Settings() string { return "/settings" }

// SecuritySettings is where a person sees how they sign in, and where they are signed in.
func SecuritySettings() string { return "/settings/security" }

// SignInMethodRemoval removes a sign-in method (POST).
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

// SecondFactor is the page that sets up a second factor.
func SecondFactor() string { return SecuritySettings() + "/factor" }

// SecondFactorBegin creates the secret of a second factor (POST).
func SecondFactorBegin() string { return SecondFactor() + "/begin" }

// SecondFactorEnd turns the second factor off (POST).
func SecondFactorEnd() string { return SecondFactor() + "/end" }

// RecoveryCodes creates new recovery codes (POST).
func RecoveryCodes() string { return SecondFactor() + "/recovery" }

// Passkeys saves a new passkey (POST).
func Passkeys() string { return SecuritySettings() + "/passkeys" }

// PasskeysBegin returns what the browser needs to create a passkey (POST).
func PasskeysBegin() string { return Passkeys() + "/begin" }

// PasskeyRemoval removes a passkey (POST).
func PasskeyRemoval(id string) string { return Passkeys() + "/" + esc(id) + "/removal" }

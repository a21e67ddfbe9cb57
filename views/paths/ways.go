package paths

// SignUpOIDC is where somebody whom the OpenID Connect provider has named
// makes their brand's account.
func SignUpOIDC(next string) string { return withNext("/signup/oidc", next) }

// SignInMethodRemoval takes a way to sign in away (POST).
func SignInMethodRemoval(way string) string {
	return SecuritySettings() + "/ways/" + esc(way) + "/removal"
}

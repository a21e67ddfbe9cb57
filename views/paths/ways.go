package paths

// SignUpOIDC is where somebody whom the OpenID Connect provider has named
// makes their brand's account.
func SignUpOIDC(next string) string { return withNext("/signup/oidc", next) }

// WayRemoval takes a way to sign in away (POST).
func WayRemoval(way string) string { return Security() + "/ways/" + esc(way) + "/removal" }

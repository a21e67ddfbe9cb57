// Package oidc signs people in with one OpenID Connect provider of the
// operator's choice (OpenID Connect Core 1.0, authorization code flow, PKCE).
package oidc

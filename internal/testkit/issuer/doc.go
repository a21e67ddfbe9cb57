// Package issuer is a small OpenID Connect provider for tests, which can be
// told to answer wrongly.
package issuer

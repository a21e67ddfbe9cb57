// Package issuer is a small OpenID Connect provider for tests, which can be made to
// answer wrongly.
package issuer

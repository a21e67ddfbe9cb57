package accounts

// Way is how somebody signed in: one of these, or a platform's name.
type Way string

// The ways that are no platform.
const (
	WayPassword Way = "password"
	WayPasskey  Way = "passkey"
	WayOIDC     Way = "oidc"
)

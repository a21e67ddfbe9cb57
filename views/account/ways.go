package account

import (
	"net/url"

	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// signUpPath is the sign-up, which leads back to where signing in would have.
func signUpPath(next string) string {
	if next == "" {
		return paths.SignUp()
	}
	return paths.SignUp() + "?" + url.Values{"next": {next}}.Encode()
}

func carry(next string) []components.Hidden {
	if next == "" {
		return nil
	}
	return []components.Hidden{{Name: "next", Value: next}}
}

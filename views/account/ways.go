package account

import "tribemarket/views/components"

// carry is the way back as a field of a form of one button.
func carry(next string) []components.Hidden {
	if next == "" {
		return nil
	}
	return []components.Hidden{{Name: "next", Value: next}}
}

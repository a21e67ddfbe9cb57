package accounts

import "tribemarket/views/components"

// carry is the way back as a field of a form of one button.
func carry(next string) []components.Hidden {
	if next == "" {
		return nil
	}
	return []components.Hidden{{Name: "next", Value: next}}
}

// carryPurpose carries why the platform is asked, too.
func carryPurpose(next, purpose string) []components.Hidden {
	if purpose == "" {
		return carry(next)
	}
	return append(carry(next), components.Hidden{Name: "purpose", Value: purpose})
}

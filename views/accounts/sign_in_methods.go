package accounts

import "tribemarket/views/components"

// nextField is the way back as a field of a form of one button.
func nextField(next string) []components.Hidden {
	if next == "" {
		return nil
	}
	return []components.Hidden{{Name: "next", Value: next}}
}

// purposeFields adds the reason for which the platform is asked.
func purposeFields(next, purpose string) []components.Hidden {
	if purpose == "" {
		return nextField(next)
	}
	return append(nextField(next), components.Hidden{Name: "purpose", Value: purpose})
}

package terms

// DefaultDisclosure is the wording suggested for the creator's country, as its
// advertising rules require in a sponsored post. For other countries the brand's language
// decides.
func DefaultDisclosure(country, locale string) string {
	switch country {
	case "FR":
		return "Collaboration commerciale"
	case "BE", "LU", "CH":
		switch locale {
		case "fr":
			return "Publicité"
		case "nl":
			return "Reclame"
		}
	case "NL":
		return "#advertentie"
	case "DE", "AT":
		return "Werbung"
	case "ES":
		return "Publicidad"
	case "IT":
		return "Pubblicità"
	case "GB", "IE", "US", "AU":
		return "#ad"
	}
	switch locale {
	case "fr":
		return "Publicité"
	case "nl":
		return "#advertentie"
	}
	return "#ad"
}

package deals

// DefaultDisclosure is the wording that is offered for the country in which the
// creator lives: what its advertising rules ask a sponsored post to say. For
// other countries the language of the brand decides.
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

package contracts

import (
	"strings"
	"unicode"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/places"
	"tribemarket/models/text"
)

// The longest answers, in characters.
const (
	MaxLegalName     = 160
	MaxPostalAddress = 400
	MaxRegistration  = 40
)

// Identity is who a party is in contracts and invoices.
type Identity struct {
	LegalName     string `json:"legal_name"`
	PostalAddress string `json:"postal_address"` // several lines
	Email         string `json:"email"`
	TaxCountry    string `json:"tax_country"`            // where it pays tax, ISO 3166-1 alpha-2
	Registration  string `json:"registration,omitempty"` // in that country's register of companies
	VAT           string `json:"vat,omitempty"`          // as accounts.ParseVAT returns it
}

// Missing names the fields that a contract must name and that have no answer: legal_name,
// address, email, country. contracts.identity.FIELD is the message key of each.
func (i Identity) Missing() []string {
	var missing []string
	for _, f := range []struct{ name, answer string }{{"legal_name", i.LegalName}, {"address", i.PostalAddress}, {"email", i.Email}, {"country", i.TaxCountry}} {
		if f.answer == "" {
			missing = append(missing, f.name)
		}
	}
	return missing
}

// IsComplete says whether nothing is missing.
func (i Identity) IsComplete() bool { return len(i.Missing()) == 0 }

// clean tidies the answers, and says which are wrong. Fields: legal_name, address, email,
// country, registration, vat.
func (s *Store) clean(i *Identity) error {
	var wrong models.Fields
	i.LegalName, i.PostalAddress, i.Registration = text.SingleLine(i.LegalName), cleanAddress(i.PostalAddress), text.SingleLine(i.Registration)
	checkLength(&wrong, "legal_name", i.LegalName, 1, MaxLegalName)
	checkLength(&wrong, "address", i.PostalAddress, 1, MaxPostalAddress)
	email, ok := accounts.ParseEmail(i.Email)
	if !ok {
		wrong.Add("email", "accounts.error.email")
	}
	if !places.IsKnownCountry(i.TaxCountry) {
		wrong.Add("country", "contracts.error.country")
	}
	checkLength(&wrong, "registration", i.Registration, 0, MaxRegistration)
	vat, ok := accounts.ParseVAT(i.TaxCountry, i.VAT)
	if !ok {
		wrong.Add("vat", "accounts.error.vat")
	}
	i.Email, i.VAT = email, vat
	checkNamed(&wrong, "legal_name", i.LegalName)
	s.checkLetters(&wrong, "legal_name", i.LegalName)
	s.checkLetters(&wrong, "address", i.PostalAddress)
	s.checkLetters(&wrong, "email", i.Email)
	s.checkLetters(&wrong, "registration", i.Registration)
	return wrong.Err()
}

// checkLetters refuses a letter that a contract could not print, by its name.
func (s *Store) checkLetters(wrong *models.Fields, field, text string) {
	if s.UnprintableLetter == nil {
		return
	}
	if letter := s.UnprintableLetter(text); letter != "" {
		wrong.Add(field, "contracts.error.letter", "letter", letter)
	}
}

// checkNamed refuses a name without a letter of any script; checkLength refuses an empty one.
func checkNamed(wrong *models.Fields, field, name string) {
	if name != "" && !strings.ContainsFunc(name, unicode.IsLetter) {
		wrong.Add(field, "contracts.error.name")
	}
}

// cleanAddress tidies each line of an address and drops the empty ones.
func cleanAddress(s string) string {
	var lines []string
	for line := range strings.SplitSeq(text.Paragraphs(s), "\n") {
		if line = text.SingleLine(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

func checkLength(wrong *models.Fields, field, s string, least, most int) {
	switch n := text.Length(s); {
	case n < least:
		wrong.Add(field, "accounts.error.required")
	case n > most:
		wrong.Add(field, "accounts.error.long", "most", most)
	}
}

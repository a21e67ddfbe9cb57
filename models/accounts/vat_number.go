package accounts

import (
	"regexp"
	"strings"

	"tribemarket/models/text"
)

// vatForms are the numbers as each country writes them, without separators, after
// its letters: the European Commission's page on the structure of VAT
// identification numbers in VIES (EL is Greece, XI Northern Ireland), HMRC's
// VATREC5130 (GB), eCH-0097 (CH) and Skatteetaten on organisation numbers (NO).
var vatForms = func() map[string]*regexp.Regexp {
	const british = `\d{9}|\d{12}|GD[0-4]\d{2}|HA[5-9]\d{2}`
	all := map[string]*regexp.Regexp{}
	for country, form := range map[string]string{
		"AT": `U\d{8}`, "BE": `[01]\d{9}`, "BG": `\d{9,10}`, "CY": `\d{8}[A-Z]`, "CZ": `\d{8,10}`, "DE": `[1-9]\d{8}`,
		"DK": `[1-9]\d{7}`, "EE": `\d{9}`, "EL": `\d{9}`, "ES": `[A-Z]\d{7}[A-Z0-9]|\d{8}[A-Z]`, "FI": `\d{8}`,
		"FR": `[A-HJ-NP-Z0-9]{2}\d{9}`, "HR": `\d{11}`, "HU": `\d{8}`, "IE": `\d[A-Z0-9+*]\d{5}[A-Z]{1,2}`, "IT": `\d{11}`,
		"LT": `\d{9}|\d{12}`, "LU": `\d{8}`, "LV": `\d{11}`, "MT": `\d{8}`, "NL": `\d{9}B\d{2}`, "PL": `\d{10}`,
		"PT": `\d{9}`, "RO": `[1-9]\d{1,9}`, "SE": `\d{10}01`, "SI": `[1-9]\d{7}`, "SK": `[1-9]\d{9}`,
		"GB": british, "XI": british, "CH": `E\d{9}(MWST|TVA|IVA)?`, "NO": `\d{9}(MVA)?`,
	} {
		all[country] = regexp.MustCompile(`^(` + form + `)$`)
	}
	return all
}()

// vatSeparators are what people write between the characters of a number.
var vatSeparators = strings.NewReplacer(" ", "", ".", "", "-", "", "/", "", "\u00a0", "", "\u202f", "", "\u2011", "", "\u2013", "")

// ParseVAT returns a VAT number as it is stored: its country's letters and the
// number without separators. country is ISO 3166-1 alpha-2; the letters may be
// left out, but must be the country's if given (XI for GB too). Countries with an
// unknown form accept up to 20 letters and digits. The form shows that a number
// can exist, not that it was issued.
func ParseVAT(country, number string) (string, bool) {
	n := strings.ToUpper(vatSeparators.Replace(text.SingleLine(number)))
	if n == "" {
		return "", true
	}
	letters := country
	if country == "GR" {
		letters = "EL"
	}
	switch {
	case strings.HasPrefix(n, letters) && letters != "":
		n = n[len(letters):]
	case country == "GB" && strings.HasPrefix(n, "XI"):
		letters, n = "XI", n[2:]
	}
	if country == "BE" && len(n) == 9 { // written before 2005
		n = "0" + n
	}
	form, known := vatForms[letters]
	if !known {
		return letters + n, len(country) == 2 && otherVAT.MatchString(n)
	}
	if !form.MatchString(n) {
		return "", false
	}
	if check, ok := vatChecks[letters]; ok && !check(n) {
		return "", false
	}
	return letters + n, true
}

var otherVAT = regexp.MustCompile(`^[A-Z0-9]{4,20}$`)

// vatChecks verify check digits whose formulas are public and simple.
var vatChecks = map[string]func(string) bool{
	"BE": func(n string) bool { return numberIn(n[:8])%97 == 97-numberIn(n[8:]) },                          // the last two complete the first eight, mod 97
	"DE": checkISO7064,                                                                                     // ISO 7064 MOD 11,10
	"HR": checkISO7064,                                                                                     // OIB, the same
	"FR": checkFrenchKey,                                                                                   // key = (12 + 3 * (SIREN mod 97)) mod 97
	"NL": func(n string) bool { return checkDutchElevenTest(n[:9]) || checkMod97("NL"+n) },                 // firms since before 2020; sole traders since: ISO 7064 MOD 97,10
	"IT": checkLuhn,                                                                                        // partita IVA
	"LU": func(n string) bool { return numberIn(n[:6])%89 == numberIn(n[6:]) },                             // mod 89
	"AT": checkAustrianVAT,                                                                                 // Luhn-like with 4 added
	"DK": func(n string) bool { return weightedSum(n, 2, 7, 6, 5, 4, 3, 2, 1)%11 == 0 },                    // mod 11
	"FI": func(n string) bool { return weightedSum(n, 7, 9, 10, 5, 8, 4, 2, 1)%11 == 0 },                   // Y-tunnus
	"PL": func(n string) bool { return weightedSum(n[:9], 6, 5, 7, 2, 3, 4, 5, 6, 7)%11 == digitAt(n[9]) }, // NIP
	"PT": func(n string) bool {
		return elevenComplement(weightedSum(n[:8], 9, 8, 7, 6, 5, 4, 3, 2)) == digitAt(n[8])
	},
	"NO": func(n string) bool { return weightedSum(n[:9], 3, 2, 7, 6, 5, 4, 3, 2, 1)%11 == 0 },
	"CH": func(n string) bool { return weightedSum(n[1:10], 5, 4, 3, 2, 7, 6, 5, 4, 1)%11 == 0 }, // UID, eCH-0097
}

func digitAt(c byte) int { return int(c - '0') }

func numberIn(s string) int {
	n := 0
	for i := range len(s) {
		n = n*10 + digitAt(s[i])
	}
	return n
}

func weightedSum(s string, weights ...int) int {
	sum := 0
	for i, w := range weights {
		sum += w * digitAt(s[i])
	}
	return sum
}

// elevenComplement is 11 minus the remainder of a division by 11, 0 where that has two
// digits.
func elevenComplement(sum int) int {
	if rest := sum % 11; rest > 1 {
		return 11 - rest
	}
	return 0
}

// checkISO7064 is MOD 11,10.
func checkISO7064(n string) bool {
	p := 10
	for i := range len(n) - 1 {
		m := (digitAt(n[i]) + p) % 10
		if m == 0 {
			m = 10
		}
		p = 2 * m % 11
	}
	return (11-p)%10 == digitAt(n[len(n)-1])
}

func checkLuhn(n string) bool {
	sum := 0
	for i := range len(n) {
		d := digitAt(n[len(n)-1-i])
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

func checkAustrianVAT(n string) bool {
	sum := 4
	for i := range 7 {
		d := digitAt(n[1+i])
		if i%2 == 1 {
			d = d/5 + d*2%10
		}
		sum += d
	}
	return (10-sum%10)%10 == digitAt(n[8])
}

// checkFrenchKey checks the two digits before the SIREN; keys with letters have no
// public formula and pass.
func checkFrenchKey(n string) bool {
	if n[0] > '9' || n[1] > '9' {
		return true
	}
	return numberIn(n[:2]) == (12+3*(numberIn(n[2:])%97))%97
}

func checkDutchElevenTest(n string) bool {
	rest := weightedSum(n[:8], 9, 8, 7, 6, 5, 4, 3, 2) % 11
	return rest < 10 && rest == digitAt(n[8])
}

// checkMod97 is ISO 7064 MOD 97,10 with letters as 10 to 35.
func checkMod97(s string) bool {
	rest := 0
	for i := range len(s) {
		if c := s[i]; c >= 'A' {
			rest = (rest*100 + int(c-'A') + 10) % 97
		} else {
			rest = (rest*10 + digitAt(c)) % 97
		}
	}
	return rest == 1
}

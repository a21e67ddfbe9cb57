package contracts_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models/contracts"
	"tribemarket/models/terms"
	contractsview "tribemarket/views/contracts"
)

func TestAContractNamesWhereItsDaysEnd(t *testing.T) {
	t.Parallel()
	ctx := i18n.WithLocale(t.Context(), i18n.EN, time.UTC)
	text := contractsview.PresentContractText(ctx, contracts.Draft{
		Contract: contracts.Contract{Zone: "Europe/Brussels", BrandZone: "Europe/London", AgreedAt: time.Date(2026, 12, 4, 23, 30, 0, 0, time.UTC), Terms: terms.Terms{Product: "Pan"}},
		Brand:    contracts.Identity{LegalName: "Example Ltd"}, Creator: contracts.Identity{LegalName: "Noor Example"},
	})
	var rows []contracts.Row
	for _, a := range text.Articles {
		rows = append(rows, a.Rows...)
	}
	want := contracts.Row{Name: "End of a day", Text: "For Noor Example a day ends after 23:59 in Brussels, for Example Ltd after 23:59 in London"}
	if !slices.Contains(rows, want) || text.Lead[0] != "Agreed on 5 Dec 2026 between the parties below." {
		t.Errorf("%+v, %+v", text.Lead, rows)
	}
}

func TestTheLanguageOfAContract(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ agreed, country, shared, want string }{
		{"nl", "FR", "fr", "nl"}, {"", "FR", "nl", "fr"}, {"", "BE", "nl", "nl"}, {"", "BE", "", "en"},
	} {
		d := contracts.Draft{Contract: contracts.Contract{Terms: terms.Terms{Language: c.agreed}}, Creator: contracts.Identity{TaxCountry: c.country}}
		if got := contractsview.ContractLanguage(d, c.shared); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

// What a repetition is agreed for is said by cycle, so that nobody adds up months that were
// agreed otherwise.
func TestAContractSaysForWhichCyclesItHolds(t *testing.T) {
	t.Parallel()
	ctx := i18n.WithLocale(t.Context(), i18n.EN, time.UTC)
	for cycle, want := range map[int]string{1: "agreed for each of 4 months", 3: "for each month from cycle 3 to cycle 4; earlier cycles stay"} {
		text := contractsview.PresentContractText(ctx, contracts.Draft{Contract: contracts.Contract{Cycle: cycle, Terms: terms.Terms{Product: "Pan", Repetition: terms.Repetition{Months: 4}}}})
		says := slices.ContainsFunc(text.Articles, func(a contracts.Article) bool { return strings.Contains(strings.Join(a.Paragraphs, " "), want) })
		if !says {
			t.Errorf("cycle %d: no article says %q", cycle, want)
		}
	}
}

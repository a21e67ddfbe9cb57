package documents_test

import (
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/views/components"
	"tribemarket/views/documents"
)

func TestACertificateNamesWhatEachSignerConfirmed(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	c := contracts.Contract{SignedAt: &at, Signatures: []contracts.Signature{{Side: models.SideBrand, Name: "Ada"}, {Side: models.SideCreator, Name: "Noor"}}}
	text := contracts.Text{Parties: []contracts.Named{{Name: "Fonte BV"}, {Name: "Penne"}}}
	p := documents.PresentCertificate(i18n.WithLocale(t.Context(), i18n.EN, time.UTC), c, text)
	if len(p.Signers) != 2 {
		t.Fatalf("signers: %+v", p.Signers)
	}
	for i, s := range p.Signers {
		var all strings.Builder
		for _, f := range s.Facts {
			all.WriteString(f.Text + "\n")
		}
		if want := "I am 18 or over. I may sign for " + text.Parties[i].Name + "."; !strings.Contains(all.String(), want) {
			t.Errorf("%s: %q lacks %q", s.Name, all.String(), want)
		}
	}
}

// A table whose columns have no widths lets an unbroken text push the amounts off the page.
func TestTheTablesOfAnOfferHaveWidths(t *testing.T) {
	t.Parallel()
	var page strings.Builder
	p := documents.OfferProps{Money: []components.MoneyLine{{Label: "As well, in kind", Note: strings.Repeat("W", 119), Amount: "€300.00"}}}
	if err := documents.Offer(p).Render(i18n.WithLocale(t.Context(), i18n.EN, time.UTC), &page); err != nil {
		t.Fatal(err)
	}
	d, err := goquery.NewDocumentFromReader(strings.NewReader(page.String()))
	if err != nil {
		t.Fatal(err)
	}
	tables := d.Find("table")
	if n := tables.Has("colgroup col[width]").Length(); n == 0 || n != tables.Length() {
		t.Errorf("%d of %d tables have widths", n, tables.Length())
	}
}

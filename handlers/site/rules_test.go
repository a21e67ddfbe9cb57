package site_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tribemarket/internal/testkit/apptest"
)

func TestTheRulesAreThoseOfTheTables(t *testing.T) {
	t.Parallel()
	page := apptest.New(t).NewBrowser(t).Get("/about/rules")
	for _, row := range []string{
		"With the creator The creator The end of the day, 7 days after it was sent, or 1 to 30 days if its sender says so, and never later than the first due date The proposal expires",
		"Draft to come The creator The end of the due date The brand can end the deal from 3 days later",
		"Draft under review The brand The end of the day, 5 days later The draft counts as approved",
		"Changes requested The creator The end of the due date, or of the day 3 days later if that comes after it The brand can end the deal from 7 days later",
		"Objection The creator The end of the day, 7 days later Either side can end the deal from then on",
	} {
		found := false
		page.Find("tr").Each(func(_ int, tr *goquery.Selection) {
			found = found || strings.Join(tr.Children().Map(func(_ int, cell *goquery.Selection) string { return strings.Join(strings.Fields(cell.Text()), " ") }), " ") == row
		})
		if !found {
			t.Errorf("no row says %q", row)
		}
	}
}

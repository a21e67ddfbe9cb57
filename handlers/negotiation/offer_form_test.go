package negotiation_test

import (
	"net/url"
	"testing"

	"tribemarket/internal/testkit/apptest"
)

// The sum and the one button that sends stand together, outside the form and yet of it, so
// that they can follow the reader.
func TestTheSumAndSendFollow(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.SignUpBrand(t, "ferme")
	_, id := a.JoinCreator(t, "penne.sandbox")
	b := a.SignedInBrand(t, "ferme")
	page := b.Get("/c/" + id + "/negotiations/new")
	if bar := page.Find("#beside .follow"); bar.Find("button[form=offer].primary").Length() != 1 || page.Find("form#offer button.primary").Length() != 0 {
		t.Errorf("the bar is %s", bar.Text())
	}
	counted := page.Submit("form#offer", url.Values{"count": {"1"}, "fee": {"430"}, "currency": {"EUR"}, "deliverables[0].format": {"video"}, "deliverables[0].count": {"2"}})
	if sum := counted.Find(".follow .price").Text(); counted.Status != 200 || counted.Find(".follow .figure").Text() != "€430.00" {
		t.Errorf("%d, the bar says %q", counted.Status, sum)
	}
}

package contracts_test

import (
	"net/http"
	"testing"
	"time"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
)

// readyContract is the path of a contract whose document is there.
func readyContract(t *testing.T, h apptest.Partnership) string {
	t.Helper()
	deal := h.AcceptedDeal(t, nil).Path
	h.AsBrand.Get(deal).Submit("form[action$='/contract']", nil)
	for b, name := range map[*apptest.Browser]string{h.AsBrand: "Fonte SARL", h.AsCreator: "Penne"} {
		b.Get(identityPath).Submit(identityForm, identityOf(name))
	}
	path := h.AsBrand.Get(deal).Find("#contract a[href^='/contracts/']").AttrOr("href", "")
	prepare(t, h, path)
	return path
}

// That a signer has seen a contract is evidence: it is written once, and only where somebody
// has seen it.
func TestOpeningAContractIsNotedOnce(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	path := readyContract(t, h)
	viewer, _ := h.SignedInMember(t, h.Brand, models.RoleViewer)
	noted := func() (opened, downloaded int) {
		return apptest.Count(t, h.App, "SELECT count(*) FROM contract_openings"), apptest.Count(t, h.App, "SELECT count(downloaded_at) FROM contract_openings")
	}
	for _, ahead := range []struct{ method, header, value string }{{http.MethodHead, "", ""}, {http.MethodGet, "Sec-Purpose", "prefetch;prerender"}, {http.MethodGet, "Purpose", "prefetch"}} {
		for _, p := range []string{path, path + "/contract.pdf"} {
			r, _ := http.NewRequestWithContext(t.Context(), ahead.method, h.URL+p, nil)
			if ahead.header != "" {
				r.Header.Set(ahead.header, ahead.value)
			}
			if got := h.AsBrand.Do(r); got.Status != http.StatusOK {
				t.Errorf("%s %s %q: %d", ahead.method, p, ahead.value, got.Status)
			}
		}
	}
	for _, p := range []string{path, path + "/contract.pdf"} {
		if got := viewer.Get(p); got.Status != http.StatusOK {
			t.Errorf("a viewer: %d", got.Status)
		}
	}
	if opened, _ := noted(); opened != 0 {
		t.Errorf("%d openings are noted that nobody who can sign has seen", opened)
	}
	first := h.Clock.Now()
	for range 2 {
		h.AsBrand.Get(path)
		h.Clock.Advance(time.Hour)
	}
	if opened, downloaded := noted(); opened != 1 || downloaded != 0 {
		t.Errorf("seen twice: %d, %d downloaded", opened, downloaded)
	}
	downloadedAt := h.Clock.Now()
	for range 2 {
		h.AsBrand.Get(path + "/contract.pdf")
		h.Clock.Advance(time.Hour)
	}
	if n := apptest.Count(t, h.App, "SELECT count(*) FROM contract_openings WHERE opened_at = ? AND downloaded_at = ?", first, downloadedAt); n != 1 {
		t.Error("a later look has changed when it was first seen")
	}
	h.AsCreator.Get(path + "/contract.pdf")
	if opened, downloaded := noted(); opened != 2 || downloaded != 2 {
		t.Errorf("with the creator: %d, %d downloaded", opened, downloaded)
	}
}

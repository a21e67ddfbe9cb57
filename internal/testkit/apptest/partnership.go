package apptest

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit/importtest"
	"tribemarket/models"
	"tribemarket/models/imports"
)

// Partnership is a marketplace with one brand and one creator, both signed in.
type Partnership struct {
	*App
	AsBrand, AsCreator *Browser
	Brand              models.Actor // its owner
	CreatorID          string
}

// NewPartnership starts such a marketplace.
func NewPartnership(t testing.TB) Partnership {
	t.Helper()
	a := New(t)
	brand := a.SignUpBrand(t, "Fonte")
	_, id := a.JoinCreator(t, "penne.sandbox")
	return Partnership{a, a.SignedInBrand(t, "Fonte"), a.SignedInCreator(t, "penne.sandbox"), brand, id}
}

// Offer is a proposal as a brand enters it, two videos due in ten days, with other values
// for some of its fields.
func (h Partnership) Offer(over url.Values) url.Values {
	v := url.Values{
		"product": {"Pan & lid"}, "message": {"Two dinners.\nYour own words."}, "fee": {"420.50"}, "currency": {"EUR"}, "rights[0].days": {"30"},
		"disclosure": {"Collaboration commerciale"}, "expires_days": {"7"},
		"deliverables[0].content_type": {"tutorial"}, "deliverables[0].format": {"video"}, "deliverables[0].platform": {"tiktok"},
		"deliverables[0].count": {"2"}, "deliverables[0].due_on": {h.Clock.Now().AddDate(0, 0, 10).Format(time.DateOnly)},
	}
	for k, value := range over {
		v[k] = value
	}
	return v
}

// SendProposal sends the offer and returns the page of the proposal.
func (h Partnership) SendProposal(t testing.TB, over url.Values) *Page {
	t.Helper()
	p := h.AsBrand.Get("/c/"+h.CreatorID+"/negotiations/new").Submit("#offer", h.Offer(over))
	if p.Status != http.StatusOK || !strings.HasPrefix(p.Path, "/negotiations/") {
		t.Fatalf("the proposal led to %d %s: %s", p.Status, p.Path, p.Find("#error-summary").Text())
	}
	return p
}

// AcceptedDeal accepts a proposal and returns the deal as the creator sees it.
func (h Partnership) AcceptedDeal(t testing.TB, over url.Values) *Page {
	t.Helper()
	p := h.AsCreator.Get(h.SendProposal(t, over).Path).Submit("form[action$='/acceptance']", nil)
	if p.Status != http.StatusOK || !strings.HasPrefix(p.Path, "/deals/") {
		t.Fatalf("accepting led to %d %s", p.Status, p.Path)
	}
	return p
}

// ImportUnclaimed imports a profile that nobody has claimed, and returns its public id.
func (h Partnership) ImportUnclaimed(t testing.TB, handle string) string {
	t.Helper()
	list := "username,name,country,followers,avg views,avg likes,avg comments,avg shares\n" + handle + ",Solder,FR,52000,9000,600,20,10\n"
	_, err := h.Imports.ImportFiles(context.Background(), []imports.File{importtest.File("list.csv", list)}, imports.Options{AsOf: models.DateOf(h.Clock.Now())})
	if err != nil {
		t.Fatal(err)
	}
	var id string
	err = h.DB.Read(context.Background()).Raw("SELECT c.public_id FROM creators c JOIN creator_accounts a ON a.creator_id = c.id WHERE a.handle_key = ?", handle).Scan(&id).Error
	if err != nil || id == "" {
		t.Fatal("the profile was not imported", err)
	}
	return id
}

package negotiation_test

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
)

// mostRoomQueries is how many statements the room of a negotiation may ask for.
const mostRoomQueries = 14

// However many offers there are, the room asks the database the same.
func TestANegotiationOfTwentyOffersAsksLittle(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	ctx, path := t.Context(), h.SendProposal(t, nil).Path
	id := strings.TrimPrefix(path, "/negotiations/")
	var creator models.Actor
	apptest.Must(t, h.DB.Read(ctx).Raw("SELECT person_id, id AS creator_id FROM creators WHERE public_id = ?", h.CreatorID).Scan(&creator).Error)
	counter := func(to int) {
		by := creator
		if to%2 == 0 {
			by = h.Brand
		}
		n, err := h.Negotiations.Get(ctx, by, id)
		apptest.Must(t, err)
		form := negotiation.OfferForm{Form: terms.FormOf(n.Latest.Terms, nil), Message: fmt.Sprint("Message ", to)}
		form.Fee = strconv.Itoa(400 + to)
		_, err = h.Negotiations.Counter(ctx, by, id, negotiation.Answer{To: to, Form: form, Key: fmt.Sprint(to), Notes: map[terms.Clause]string{terms.ClauseFee: fmt.Sprint("Note ", to)}})
		apptest.Must(t, err)
	}
	type asked struct{ room, beside, form, theirs int }
	ask := func() asked {
		count := func(b *apptest.Browser, path string) int { return apptest.CountQueries(t, h.App, b, path) }
		return asked{count(h.AsCreator, path), count(h.AsCreator, path+"?beside=1"), count(h.AsCreator, path+"/offers/new"), count(h.AsBrand, path)}
	}
	counter(1)
	counter(2)
	few := ask()
	for to := 3; to < 20; to++ {
		counter(to)
	}
	counter(20) // once more, so that it is the creator's turn as before
	if many := ask(); many != few || max(many.room, many.beside, many.form, many.theirs) > mostRoomQueries {
		t.Errorf("with 3 offers it asks %+v, with 21 %+v", few, many)
	}
	if p := h.AsCreator.Get(path); p.Status != http.StatusOK || !p.HasTexts("Accept offer 21", "Message 20", "Note 20", "€420.00", "€419.00") {
		t.Errorf("%d: %s", p.Status, p.Find("main").Text())
	}
	if p := h.AsCreator.Get(path + "?beside=1"); !p.HasTexts("€420.50") {
		t.Error("the first offer is not beside the latest")
	}
}

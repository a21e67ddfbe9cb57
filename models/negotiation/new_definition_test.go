package negotiation_test

import (
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/notifications"
	"tribemarket/models/terms"
)

// Whose open offer or running deal names an earlier definition is told of the new one, once;
// nobody else is, and what was agreed stays as it is.
func TestBothSidesAreToldOnceOfANewDefinition(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := t.Context(), dealtest.New(t, d)
		send := func(promised bool) string {
			form := dealtest.Form()
			if promised {
				form.GuaranteeMetric, form.GuaranteeLeast, form.GuaranteeDays = "views", "1000", "30"
			}
			sent, err := w.Negotiations.Propose(ctx, w.Brand, w.CreatorID, form, models.NewPublicID())
			w.Must(err)
			return sent.Negotiation
		}
		open, agreed, declined, without := send(true), send(true), send(true), send(false)
		deal, err := w.Negotiations.Accept(ctx, w.Creator, agreed, 1)
		w.Must(err)
		w.Must(w.Negotiations.Decline(ctx, w.Creator, declined, 1, "No time"))
		hash := w.Deal(deal).Terms.Hash()

		holds := terms.MetricDefinitionOn(models.DateOf(w.Clock.Now()))
		next := terms.MetricDefinition{Version: holds.Version + 1, From: models.DateOf(w.Clock.Now()), Source: "https://platform.example"}
		var told []int
		for _, d := range []terms.MetricDefinition{holds, next, next} {
			n, err := w.Negotiations.TellDefinition(ctx, d)
			w.Must(err)
			told = append(told, n)
		}
		if told[0] != 0 || told[1] != 2 || told[2] != 0 {
			t.Fatalf("told of %v, want nobody, the open offer and the deal, and nobody again", told)
		}
		var events []notifications.Event
		w.Must(w.DB.Read(ctx).Where("key LIKE 'deal-definition-%'").Order("id").Find(&events).Error)
		if len(events) != 2 || events[0].Subject.ID != open || events[1].Subject.ID != deal {
			t.Fatalf("%+v; the one without a promise is %s", events, without)
		}
		answer, err := w.Negotiations.Receivers(ctx, events[1])
		w.Must(err)
		sides := map[models.Side]bool{}
		for _, to := range answer.To {
			sides[to.Side] = true
		}
		if !sides[models.SideBrand] || !sides[models.SideCreator] {
			t.Errorf("told are %+v", answer.To)
		}
		if a, ok := answer.Content.(interface{ Waits() models.Side }); !ok || a.Waits() != "" {
			t.Errorf("%+v", answer.Content)
		}
		if w.Deal(deal).Terms.Hash() != hash || w.Deal(deal).State() != deals.DealProduction || next.Supersedes(w.Deal(deal).Terms) == holds.Supersedes(w.Deal(deal).Terms) {
			t.Error("what was agreed has changed")
		}
	})
}

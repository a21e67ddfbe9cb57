package deals_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/terms"
	"tribemarket/models/workflow/run"
)

// year is a brand and a creator in France, and what they agree on.
type year struct {
	*dealtest.World
	zone *time.Location
}

func (y year) agree(t terms.Terms) string {
	y.T.Helper()
	form := dealtest.Form()
	form.Objective = t.Objective
	form.Currency, form.Fee, form.InKind, form.InKindValue, form.CommissionShare = t.Currency, "", "", "", ""
	if t.Fee.Content > 0 {
		form.Fee = t.Money(t.Fee.Content).DecimalString()
	}
	if t.InKind.Value > 0 {
		form.InKind, form.InKindValue = t.InKind.What, t.Money(t.InKind.Value).DecimalString()
	}
	if t.Commission.SharePPM > 0 {
		form.CommissionShare = "10"
	}
	if t.Repetition.Months > 0 {
		form.RepetitionMonths = fmt.Sprint(t.Repetition.Months)
	}
	form.Deliverables[0].DueOn = models.DateOf(y.Clock.Now().In(y.zone)).AddDays(14).String()
	y.Forms++
	sent, err := y.Negotiations.Propose(context.Background(), y.Brand, y.CreatorID, form, models.NewSecret())
	y.Must(err)
	deal, err := y.Negotiations.Accept(context.Background(), y.Creator, sent.Negotiation, 1)
	y.Must(err)
	return deal
}

func (y year) require(t terms.Terms) contracts.Requirement {
	y.T.Helper()
	r, err := deals.RequireContract(y.DB.Read(context.Background()), y.DB.Keys, deals.ContractCase{BrandID: y.Brand.BrandID, CreatorID: y.Creator.CreatorID, Country: "FR", Zone: y.zone, Terms: t}, y.Clock.Now())
	y.Must(err)
	return r
}

func fee(minor int64, objective string) terms.Terms {
	return terms.Terms{Currency: "EUR", Objective: objective, Fee: terms.Fee{Content: minor}}
}

func TestWhatAYearAddsUpTo(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		y := year{dealtest.New(t, d), models.Zone("Europe/Paris")}
		y.ForwardTo(time.Date(2026, time.December, 31, 22, 30, 0, 0, time.UTC)) // 23:30 in Paris
		check := func(when string, t terms.Terms, total int64, reason contracts.Reason) {
			y.T.Helper()
			if r := y.require(t); r.Total.Minor != total || r.Reason != reason || r.Objective != t.Objective {
				y.T.Errorf("%s: %v, %q", when, r.Total, r.Reason)
			}
		}
		check("nothing yet", fee(0, "sales"), 0, contracts.NoReason)
		y.agree(fee(460_00, "sales"))
		check("the same objective", fee(400_00, "sales"), 860_00, contracts.NearThreshold)
		check("another objective", fee(400_00, "launch"), 400_00, contracts.NoReason)
		check("no objective counts all", fee(400_00, ""), 860_00, contracts.NearThreshold)
		y.agree(terms.Terms{Currency: "EUR", InKind: terms.InKind{What: "oats", Value: 100_00}})
		check("a deal without an objective counts for each", fee(100_00, "launch"), 200_00, contracts.NoReason)
		check("value in kind counts", fee(440_00, "sales"), 1000_00, contracts.AtThreshold)

		ended := y.agree(fee(300_00, "sales"))
		check("before it ends", fee(0, "sales"), 860_00, contracts.NearThreshold)
		y.Must(y.Deals.End(context.Background(), y.Brand, ended, "The product is late."))
		check("a deal that ended before anything was completed", fee(0, "sales"), 560_00, contracts.NoReason)

		other := y
		other.World = &dealtest.World{}
		*other.World = *y.World
		other.Brand = y.OtherBrand
		if r := other.require(fee(1_00, "sales")); r.Total.Minor != 1_00 {
			t.Errorf("another brand: %v", r.Total)
		}

		y.Clock.Advance(29*time.Minute + 59*time.Second) // 23:59:59
		check("the last second of the year", fee(0, "sales"), 560_00, contracts.NoReason)
		y.Clock.Advance(time.Second)
		check("the next year", fee(0, "sales"), 0, contracts.NoReason)
		y.agree(fee(1_00, "sales")) // in January in Paris, in December in UTC
		check("January", fee(0, "sales"), 1_00, contracts.NoReason)
		y.agree(terms.Terms{Currency: "EUR", Objective: "launch", Commission: terms.Commission{SharePPM: 100_000}})
		check("a commission for another objective", fee(0, "sales"), 1_00, contracts.NoReason)
		check("a commission for the same", fee(1_00, "launch"), 1_00, contracts.OpenReward)
		y.agree(terms.Terms{Currency: "USD", Objective: "event", Fee: terms.Fee{Content: 5_00}})
		check("dollars for the same", fee(1_00, "event"), 1_00, contracts.OtherCurrency)
	})
}

func TestAnEndedDealCountsOnceSomethingWasCompleted(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := dealtest.New(t, d)
		y := year{w, models.Zone("Europe/Paris")}
		line := dealtest.Form().Deliverables[0]
		line.Count = "2"
		deal := w.Agree(line)
		w.Carry(deal, 1, deals.Completed)
		w.Must(w.Deals.End(context.Background(), w.Brand, deal, "The product is late."))
		if r, want := y.require(fee(0, "")), w.Deal(deal).Terms.FeeSum().Minor; r.Total.Minor != want || want == 0 {
			t.Errorf("%v, want %d", r.Total, want)
		}
	})
}

// Where the creator pays tax decides, once they have said so.
func TestTheTaxCountryDecides(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, y := context.Background(), year{dealtest.New(t, d), models.Zone("Europe/Paris")}
		s := contracts.NewStore(d, y.Clock.Now, nil, run.NewEngine(d, y.Clock.Now))
		if r := y.require(fee(1000_00, "sales")); !r.IsRequired() {
			t.Errorf("by the profile: %+v", r)
		}
		y.Must(s.SaveIdentity(ctx, y.Creator, contracts.Identity{LegalName: "N", PostalAddress: "1 Street", Email: "a@mail.example", TaxCountry: "BE"}))
		if r := y.require(fee(1000_00, "sales")); r.Law != nil {
			t.Errorf("established in Belgium: %+v", r)
		}
		y.Must(s.SaveIdentity(ctx, y.Creator, contracts.Identity{LegalName: "N", PostalAddress: "1 Street", Email: "a@mail.example", TaxCountry: "FR"}))
		if r := y.require(fee(1000_00, "sales")); !r.IsRequired() {
			t.Errorf("established in France: %+v", r)
		}
	})
}

// Each cycle counts once, in the calendar year in which it begins, whether it has begun or not.
func TestCyclesCountInTheirYears(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, y := context.Background(), year{dealtest.New(t, d), models.Zone("Europe/Paris")}
		monthly := func(minor int64, months int) terms.Terms {
			all := fee(minor, "sales")
			all.Repetition.Months = months
			return all
		}
		check := func(when string, t terms.Terms, total int64, year int, reason contracts.Reason) {
			y.T.Helper()
			if r := y.require(t); r.Total.Minor != total || r.Year != year || r.Reason != reason {
				y.T.Errorf("%s: %v in %d, %q", when, r.Total, r.Year, r.Reason)
			}
		}
		y.ForwardTo(time.Date(2026, time.November, 30, 10, 0, 0, 0, time.UTC))
		check("two months of six in this year", monthly(160_00, 6), 320_00, 2026, contracts.NoReason)
		check("four of six in the next, which come near", monthly(200_00, 6), 800_00, 2027, contracts.NearThreshold)
		check("four of six in the next, which reach it", monthly(250_00, 6), 1000_00, 2027, contracts.AtThreshold)
		check("two of two in this year", monthly(500_00, 2), 1000_00, 2026, contracts.AtThreshold)
		check("one of two in each", monthly(500_00, 1), 500_00, 2026, contracts.NoReason)
		deal := y.agree(monthly(100_00, 4)) // 30 November, 30 December, 30 January, 28 February
		for _, day := range []string{"2026-11-30", "2026-12-30"} {
			y.ForwardTo(startOf(day).Add(13 * time.Hour))
			if _, err := y.Deals.BeginCycles(ctx); err != nil {
				y.T.Fatal(err)
			}
			check("this year on "+day, fee(0, "sales"), 200_00, 2026, contracts.NoReason)
			check("another objective", fee(0, "launch"), 0, 2026, contracts.NoReason)
		}
		check("on 30 December for twelve months", monthly(70_00, 12), 970_00, 2027, contracts.NearThreshold)
		for _, day := range []string{"2027-01-02", "2027-01-30"} {
			y.ForwardTo(startOf(day).Add(13 * time.Hour))
			if _, err := y.Deals.BeginCycles(ctx); err != nil {
				y.T.Fatal(err)
			}
			check("the next year on "+day, fee(0, "sales"), 200_00, 2027, contracts.NoReason)
		}
		y.Must(y.Deals.GiveNotice(ctx, y.Brand, deal, deals.RepetitionNotice{LastCycle: 3}))
		check("after notice", fee(0, "sales"), 100_00, 2027, contracts.NoReason)
	})
}

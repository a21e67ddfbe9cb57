package demo

import (
	"context"
	"fmt"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/platform"
)

// declare gives creators limits, times away, a birth date and what they say of
// their audience, some of it to each, so that the pages and filters of these are
// not empty. It comes before the stories, whose proposals stay within the limits.
func (m *maker) declare(ctx context.Context, _ *World) error {
	for i, actor := range m.people {
		if i%3 == 0 {
			born := models.DateOf(m.now.AddDate(-19-i, -i%12, 0))
			if err := m.app.Creators.DeclareBirth(ctx, actor, born.String()); err != nil {
				return err
			}
		}
		limits := m.limits()
		if i%3 != 0 {
			day := models.DateOf(m.now)
			limits = creators.LimitsForm{Away: []creators.AbsenceForm{{From: day.AddDays(60 + i).String(), To: day.AddDays(67 + i).String()}}}
		}
		if i%3 != 2 {
			if err := m.app.Creators.SetLimits(ctx, actor, limits); err != nil {
				return err
			}
		}
		if i%4 != 3 {
			if err := m.app.Creators.DeclareAudience(ctx, actor, m.audience(i)); err != nil {
				return err
			}
		}
	}
	return nil
}

// limits leave room for what the stories ask of the creator.
func (m *maker) limits() creators.LimitsForm {
	day := models.DateOf(m.now)
	return creators.LimitsForm{
		Capacity: "12", Refused: []string{"alcohol", "gambling", "crypto"},
		Minimums: []creators.MinimumForm{
			{Format: "video", Amount: "150", Currency: "EUR", N: 1}, {Format: "video", Amount: "130", Currency: "GBP", N: 2},
			{Format: "story", Amount: "50", Currency: "EUR", N: 1}, {Format: "story", Amount: "45", Currency: "GBP", N: 2},
		},
		Away: []creators.AbsenceForm{{From: day.AddDays(40).String(), To: day.AddDays(54).String()}},
	}
}

// audience is most of one country, the creator's own, and young.
func (m *maker) audience(i int) creators.AudienceForm {
	p, more := m.gen.person(i, 0), i%7
	f := creators.AudienceForm{Platform: platform.TikTok, Handle: p.handle}
	f.Countries = append(f.Countries, creators.CountryShare{Country: p.place.country, Share: fmt.Sprint(58 + more)})
	for _, c := range []string{"FR", "BE", "DE"} {
		if c != p.place.country {
			f.Countries = append(f.Countries, creators.CountryShare{Country: c, Share: fmt.Sprint(4 + len(f.Countries)*3)})
		}
	}
	f.Shares = map[creators.ShareKind]map[string]string{
		creators.ByAge:    {"13-17": "9", "18-24": fmt.Sprint(38 + more), "25-34": fmt.Sprint(31 - more), "35-44": "14", "45-54": "5"},
		creators.ByGender: {"female": fmt.Sprint(52 + more), "male": fmt.Sprint(44 - more), "other": "2"},
	}
	return f
}

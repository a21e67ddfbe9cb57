package demo

import (
	"context"
	"fmt"

	"tribemarket/models"
	"tribemarket/models/creators"
)

// declareLimitsAndAudiences gives creators limits, absences, a birth date and a declared
// audience, some of these each, so that the pages and filters for them are not empty. It
// runs before the stories, whose proposals stay within the limits.
func (m *worldMaker) declareLimitsAndAudiences(ctx context.Context, _ *World) error {
	for i, actor := range m.people {
		if i%3 == 0 {
			born := models.DateOf(m.now.AddDate(-19-i, -i%12, 0))
			if err := m.app.Creators.DeclareBirthDate(ctx, actor, born.String()); err != nil {
				return err
			}
		}
		limits := m.limitsForm()
		if i%3 != 0 {
			day := models.DateOf(m.now)
			limits = creators.LimitsForm{Absences: []creators.AbsenceForm{{From: day.AddDays(60 + i).String(), To: day.AddDays(67 + i).String()}}}
		}
		if i%3 != 2 {
			if err := m.app.Creators.SetLimits(ctx, actor, limits); err != nil {
				return err
			}
		}
		{
			if err := m.app.Creators.DeclareAudience(ctx, actor, audienceFormOf(m.members[i].person)); err != nil {
				return err
			}
		}
	}
	return nil
}

// limitsForm leaves room for what the stories ask of the creator, in each month of a repetition
// too.
func (m *worldMaker) limitsForm() creators.LimitsForm {
	day := models.DateOf(m.now)
	return creators.LimitsForm{
		Capacity: "12", RefusedCategories: []string{"alcohol", "gambling", "crypto"},
		Minimums: []creators.MinimumFeeForm{
			{Format: "video", Amount: "150", Currency: "EUR", N: 1}, {Format: "video", Amount: "130", Currency: "GBP", N: 2},
			{Format: "story", Amount: "50", Currency: "EUR", N: 1}, {Format: "story", Amount: "45", Currency: "GBP", N: 2},
		},
		Absences: []creators.AbsenceForm{{From: day.AddDays(46).String(), To: day.AddDays(60).String()}},
	}
}

// audienceFormOf is an audience mostly from the creator's own country, and young.
func audienceFormOf(p person) creators.AudienceForm {
	more := p.number % 7
	f := creators.AudienceForm{Platform: p.platform, Handle: p.handle}
	f.Countries = append(f.Countries, creators.CountryShareForm{Country: p.place.country, Share: fmt.Sprint(58 + more)})
	for _, c := range []string{"FR", "BE", "DE"} {
		if c != p.place.country {
			f.Countries = append(f.Countries, creators.CountryShareForm{Country: c, Share: fmt.Sprint(4 + len(f.Countries)*3)})
		}
	}
	f.Shares = map[creators.AudienceDimension]map[string]string{
		creators.AudienceByAge:    {"13-17": "9", "18-24": fmt.Sprint(38 + more), "25-34": fmt.Sprint(31 - more), "35-44": "14", "45-54": "5"},
		creators.AudienceByGender: {"female": fmt.Sprint(52 + more), "male": fmt.Sprint(44 - more), "other": "2"},
	}
	return f
}

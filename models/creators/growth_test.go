package creators_test

import (
	"testing"

	"tribemarket/models"
	"tribemarket/models/creators"
)

func TestGrowthIsMeasuredBetweenReadings(t *testing.T) {
	t.Parallel()
	type reading struct {
		day       int // days before 2026-11-20
		followers int64
	}
	last := models.Date{Year: 2026, Month: 11, Day: 20}
	for name, tc := range map[string]struct {
		days     int
		readings []reading
		ppm      int64
		from     int
		reason   creators.NoGrowthReason
	}{
		"never read":               {30, nil, 0, 0, creators.GrowthUnread},
		"read once":                {30, []reading{{0, 1000}}, 0, 0, creators.GrowthYoung},
		"not long enough":          {30, []reading{{26, 900}, {0, 1000}}, 0, 0, creators.GrowthYoung},
		"up by a tenth":            {30, []reading{{30, 1000}, {0, 1100}}, 100_000, 30, ""},
		"down by a third":          {30, []reading{{30, 900}, {0, 600}}, -333_333, 30, ""},
		"as it was":                {30, []reading{{30, 900}, {0, 900}}, 0, 30, ""},
		"three days late":          {30, []reading{{27, 1000}, {0, 1200}}, 200_000, 27, ""},
		"three days early":         {30, []reading{{33, 1000}, {0, 1200}}, 200_000, 33, ""},
		"a gap":                    {30, []reading{{34, 1000}, {26, 1000}, {0, 1200}}, 0, 0, creators.GrowthGap},
		"the closest":              {30, []reading{{33, 500}, {31, 1000}, {28, 700}, {0, 1500}}, 500_000, 31, ""},
		"of two the older":         {30, []reading{{31, 1000}, {29, 2000}, {0, 1500}}, 500_000, 31, ""},
		"nothing to divide by":     {30, []reading{{30, 0}, {0, 1500}}, 0, 0, creators.GrowthZero},
		"ninety days, nine beside": {90, []reading{{99, 1000}, {0, 3000}}, 2_000_000, 99, ""},
		"ninety days, too young":   {90, []reading{{80, 1000}, {0, 3000}}, 0, 0, creators.GrowthYoung},
	} {
		var all []creators.AccountSnapshot
		for _, r := range tc.readings {
			all = append(all, creators.AccountSnapshot{Day: last.AddDays(-r.day).String(), Followers: r.followers})
		}
		g := creators.MeasureGrowth(all, tc.days)
		if g.Reason != tc.reason || g.Days != tc.days {
			t.Errorf("%s: %+v", name, g)
			continue
		}
		if tc.reason == "" && (g.PPM == nil || *g.PPM != tc.ppm || g.From.Day != last.AddDays(-tc.from).String() || g.To.Day != last.String()) {
			t.Errorf("%s: %+v from %+v", name, g, g.From)
		}
		if tc.reason != "" && g.PPM != nil {
			t.Errorf("%s: invented %d", name, *g.PPM)
		}
		if tc.reason == creators.GrowthYoung && g.MeasurableFrom != g.FirstReading.AddDays(tc.days-tc.days/10) {
			t.Errorf("%s: measured from %s on", name, g.MeasurableFrom)
		}
	}
}

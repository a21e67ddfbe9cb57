package youtube

import (
	"context"
	"encoding/json"
	"math"
	"net/url"
	"time"

	"tribemarket/internal/platforms/wire"
	"tribemarket/models/creators"
)

// audienceDays is the number of days over which an audience is read.
const audienceDays = 90

// readAudience reads who watched in the last 90 days, from the Analytics API. A channel
// with too few viewers has none, which is an empty audience.
func (p *Provider) readAudience(ctx context.Context, token creators.PlatformToken) ([]creators.AudiencePart, error) {
	people, err := p.readReport(ctx, token, url.Values{"metrics": {"viewerPercentage"}, "dimensions": {"ageGroup,gender"}})
	if err != nil {
		return nil, err
	}
	places, err := p.readReport(ctx, token, url.Values{"metrics": {"views"}, "dimensions": {"country"}, "sort": {"-views"}})
	if err != nil {
		return nil, err
	}
	ages, genders, countries := wire.AudienceWeights{}, wire.AudienceWeights{}, wire.AudienceWeights{}
	for _, row := range people {
		ages.AddWeight(wire.ParseAgeGroup(row.readText("ageGroup")), row.readWeight("viewerPercentage"))
		genders.AddWeight(wire.ParseGender(row.readText("gender")), row.readWeight("viewerPercentage"))
	}
	for _, row := range places {
		countries.AddWeight(wire.ParseCountry(row.readText("country")), row.readWeight("views"))
	}
	shares := append(countries.ToAudienceParts(creators.AudienceByCountry), ages.ToAudienceParts(creators.AudienceByAge)...)
	return append(shares, genders.ToAudienceParts(creators.AudienceByGender)...), nil
}

// reportRow is a row of a report, keyed by column name.
type reportRow map[string]json.RawMessage

func (r reportRow) readText(column string) string {
	var s string
	_ = json.Unmarshal(r[column], &s)
	return s
}

// readWeight is a number of a row in ten-thousandths, so that a percentage with its
// decimals is a whole number; 0 for anything that is not a number.
func (r reportRow) readWeight(column string) int64 {
	var f float64 // as it stands in JSON
	if json.Unmarshal(r[column], &f) != nil || f < 0 || f > 1e12 {
		return 0
	}
	return int64(math.Round(f * 10_000))
}

func (p *Provider) readReport(ctx context.Context, token creators.PlatformToken, q url.Values) ([]reportRow, error) {
	until := p.clock().UTC().AddDate(0, 0, -1)
	q.Set("ids", "channel==MINE")
	q.Set("startDate", until.AddDate(0, 0, 1-audienceDays).Format(time.DateOnly))
	q.Set("endDate", until.Format(time.DateOnly))
	var a struct {
		Headers []struct {
			Name string `json:"name"`
		} `json:"columnHeaders"`
		Rows [][]json.RawMessage `json:"rows"`
	}
	if err := p.callAPI(ctx, "reports", p.cfg.AnalyticsURL+"/v2/reports", q, token, &a); err != nil {
		return nil, err
	}
	var rows []reportRow
	for _, values := range a.Rows {
		r := reportRow{}
		for i := range min(len(values), len(a.Headers)) {
			r[a.Headers[i].Name] = values[i]
		}
		rows = append(rows, r)
	}
	return rows, nil
}

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

// audienceDays is how far back an audience is read.
const audienceDays = 90

// audience is who watched in the last 90 days, by the Analytics API. A channel
// that too few people watched has none, which is an empty one.
func (p *Provider) audience(ctx context.Context, token creators.Token) ([]creators.Share, error) {
	people, err := p.report(ctx, token, url.Values{"metrics": {"viewerPercentage"}, "dimensions": {"ageGroup,gender"}})
	if err != nil {
		return nil, err
	}
	places, err := p.report(ctx, token, url.Values{"metrics": {"views"}, "dimensions": {"country"}, "sort": {"-views"}})
	if err != nil {
		return nil, err
	}
	ages, genders, countries := wire.Weights{}, wire.Weights{}, wire.Weights{}
	for _, row := range people {
		ages.Add(wire.Age(row.text("ageGroup")), row.weight("viewerPercentage"))
		genders.Add(wire.Gender(row.text("gender")), row.weight("viewerPercentage"))
	}
	for _, row := range places {
		countries.Add(wire.Country(row.text("country")), row.weight("views"))
	}
	shares := append(countries.Shares(creators.ByCountry), ages.Shares(creators.ByAge)...)
	return append(shares, genders.Shares(creators.ByGender)...), nil
}

// row is a row of a report, by the names of its columns.
type row map[string]json.RawMessage

func (r row) text(column string) string {
	var s string
	_ = json.Unmarshal(r[column], &s)
	return s
}

// weight is a number of a row in ten-thousandths, so that a percentage with
// its decimals is a whole number; 0 for what is none.
func (r row) weight(column string) int64 {
	var f float64 // as it stands in JSON
	if json.Unmarshal(r[column], &f) != nil || f < 0 || f > 1e12 {
		return 0
	}
	return int64(math.Round(f * 10_000))
}

func (p *Provider) report(ctx context.Context, token creators.Token, q url.Values) ([]row, error) {
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
	if err := p.ask(ctx, "reports", p.cfg.AnalyticsURL+"/v2/reports", q, token, &a); err != nil {
		return nil, err
	}
	var rows []row
	for _, values := range a.Rows {
		r := row{}
		for i := range min(len(values), len(a.Headers)) {
			r[a.Headers[i].Name] = values[i]
		}
		rows = append(rows, r)
	}
	return rows, nil
}

package instagram

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"tribemarket/internal/platforms/wire"
	"tribemarket/models/creators"
)

// insight is one metric: of a post its value, of an account its breakdown.
type insight struct {
	Name   string `json:"name"`
	Values []struct {
		Value wire.Count `json:"value"`
	} `json:"values"`
	Total struct {
		Value      wire.Count `json:"value"`
		Breakdowns []struct {
			Results []struct {
				Keys  []string   `json:"dimension_values"`
				Value wire.Count `json:"value"`
			} `json:"results"`
		} `json:"breakdowns"`
	} `json:"total_value"`
}

type insightsAnswer struct {
	Data []insight `json:"data"`
}

// addInsights adds a video's views and shares to it. One that has none (too few
// viewers, gone meanwhile, made before the account was professional) keeps
// them unknown.
func (p *Provider) addInsights(ctx context.Context, post *creators.PlatformPost, token creators.PlatformToken) error {
	var a insightsAnswer
	q := url.Values{"metric": {"views,shares"}, "access_token": {token.Access}}
	err := p.callAPI(ctx, apiVersion+"/"+url.PathEscape(post.ID)+"/insights", q, &a)
	if errors.Is(err, creators.ErrMissingScope) || errors.Is(err, creators.ErrPlatformSetup) {
		return nil
	}
	for _, i := range a.Data {
		n := i.Total.Value.N
		if len(i.Values) > 0 {
			n = i.Values[0].Value.N
		}
		switch i.Name {
		case "views":
			post.Views = n
		case "shares":
			post.Shares = n
		}
	}
	return err
}

// readAudience is who follows the account, of those that Instagram knows. An
// account with fewer than 100 followers has none, which is an empty one.
func (p *Provider) readAudience(ctx context.Context, userID string, token creators.PlatformToken) ([]creators.AudiencePart, error) {
	shares := []creators.AudiencePart{}
	for _, by := range []struct {
		breakdown string
		kind      creators.AudienceDimension
		key       func(string) string
	}{{"country", creators.AudienceByCountry, wire.ParseCountry}, {"age", creators.AudienceByAge, wire.ParseAgeGroup}, {"gender", creators.AudienceByGender, wire.ParseGender}} {
		q := url.Values{
			"metric": {"follower_demographics"}, "period": {"lifetime"}, "timeframe": {"this_month"}, "metric_type": {"total_value"},
			"breakdown": {by.breakdown}, "access_token": {token.Access},
		}
		var a insightsAnswer
		if err := p.callAPI(ctx, apiVersion+"/"+url.PathEscape(userID)+"/insights", q, &a); err != nil {
			return nil, err
		}
		weights := wire.AudienceWeights{}
		for _, i := range a.Data {
			for _, b := range i.Total.Breakdowns {
				for _, r := range b.Results {
					if r.Value.N != nil {
						weights.AddWeight(by.key(strings.Join(r.Keys, " ")), *r.Value.N)
					}
				}
			}
		}
		shares = append(shares, weights.ToAudienceParts(by.kind)...)
	}
	return shares, nil
}

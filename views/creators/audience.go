package creators

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/views/components"
)

// AudienceCountries is the number of countries that a creator can name.
const AudienceCountries = 5

// AudienceProps is what a creator declares about an account's audience, with every answer
// as entered.
type AudienceProps struct {
	Account creators.Account
	Known   []creators.AudienceShare
	Form    creators.AudienceForm
	Tabs    []components.Tab // the creator's accounts, where there are several
	Errors  map[string]string
}

// FillCountries puts what was declared before into the form.
func (p *AudienceProps) FillCountries(ctx context.Context) {
	p.Form.Shares = map[creators.AudienceDimension]map[string]string{creators.AudienceByAge: {}, creators.AudienceByGender: {}}
	for _, x := range p.Known {
		if x.Source != creators.SourceDeclared {
			continue
		}
		text := i18n.Decimal(ctx, x.PPM/100, 2)
		if x.PPM%10_000 == 0 {
			text = strconv.FormatInt(x.PPM/10_000, 10)
		}
		if x.Kind == creators.AudienceByCountry {
			p.Form.Countries = append(p.Form.Countries, creators.CountryShareForm{Country: x.Key, Share: text})
		} else {
			p.Form.Shares[x.Kind][x.Key] = text
		}
	}
}

// isVerified says whether the platform itself has reported how the audience divides.
func (p AudienceProps) isVerified(kind creators.AudienceDimension) bool {
	return slices.ContainsFunc(p.Known, func(x creators.AudienceShare) bool { return x.Kind == kind && x.Source == creators.SourceVerified })
}

func (p AudienceProps) countryFields(ctx context.Context, i int) (name, share components.Field) {
	var x creators.CountryShareForm
	if i < len(p.Form.Countries) {
		x = p.Form.Countries[i]
	}
	field, n := "audience_country_"+strconv.Itoa(i+1), strconv.Itoa(i+1)
	name = components.Field{Name: field, Label: i18n.T(ctx, "creators.audience.country", "number", n), Value: x.Country, Options: components.CountryOptions(ctx), Placeholder: i18n.T(ctx, "creators.audience.no_country"), Error: p.Errors[field], Class: "w8"}
	share = components.Field{Name: field + "_share", Label: i18n.T(ctx, "creators.audience.share", "number", n), Value: x.Share, InputMode: "decimal", Suffix: "%", Error: p.Errors[field+"_share"], Class: "w4"}
	return name, share
}

func (p AudienceProps) shareField(ctx context.Context, kind creators.AudienceDimension, key string) components.Field {
	name := creators.AudienceFieldName(kind, key)
	return components.Field{Name: name, Label: shareName(ctx, kind, key), Value: p.Form.Shares[kind][key], InputMode: "decimal", Suffix: "%", Error: p.Errors[name], Class: "w4"}
}

func (AudienceProps) dimensionKeys(kind creators.AudienceDimension) []string {
	if kind == creators.AudienceByAge {
		return creators.AudienceAgeGroups()
	}
	return creators.AudienceGenders()
}

func (p AudienceProps) formProblems(ctx context.Context) []components.Problem {
	var fields []components.Field
	for i := range AudienceCountries {
		name, share := p.countryFields(ctx, i)
		fields = append(fields, name, share)
	}
	for _, kind := range []creators.AudienceDimension{creators.AudienceByAge, creators.AudienceByGender} {
		for _, k := range p.dimensionKeys(kind) {
			fields = append(fields, p.shareField(ctx, kind, k))
		}
	}
	return components.NamedProblems(ctx, fields)
}

// AgeGroupName is an age group as it is read: "18–24".
func AgeGroupName(group string) string { return strings.Replace(group, "-", "–", 1) }

// shareName names a part of an audience.
func shareName(ctx context.Context, kind creators.AudienceDimension, key string) string {
	switch kind {
	case creators.AudienceByCountry:
		return i18n.Country(ctx, key)
	case creators.AudienceByAge:
		return AgeGroupName(key)
	case creators.AudienceByGender:
		if i18n.HasText("creators.gender." + key) {
			return i18n.T(ctx, "creators.gender."+key)
		}
	}
	return key
}

// audienceByKind returns what is known about the shown account's audience, by kind.
func (p MediaKitProps) audienceByKind() []audienceKind {
	var all []audienceKind
	for _, kind := range creators.AudienceDimensions() {
		k := audienceKind{Kind: kind}
		for _, x := range p.Kit.Audience {
			if x.Kind == kind {
				k.Shares, k.Source = append(k.Shares, x), x.Source
				if d, err := models.ParseDate(x.AsOf); err == nil {
					k.AsOf = d.StartIn(time.UTC)
				}
			}
		}
		if kind == creators.AudienceByAge {
			slices.SortStableFunc(k.Shares, func(a, b creators.AudienceShare) int { return compareKeys(a.Key, b.Key) })
		}
		if len(k.Shares) > 0 {
			all = append(all, k)
		}
	}
	return all
}

func compareKeys(a, b string) int {
	return slices.Index(creators.AudienceAgeGroups(), a) - slices.Index(creators.AudienceAgeGroups(), b)
}

type audienceKind struct {
	Kind   creators.AudienceDimension
	Shares []creators.AudienceShare
	Source creators.FigureSource
	AsOf   time.Time
}

func (k audienceKind) sourceLabel(ctx context.Context, now time.Time) (kind, icon, text string) {
	return sourceState(ctx, creators.Account{Source: k.Source, AsOf: k.AsOf}, now)
}

// verifiedNote says that what the platform has reported about a kind is kept.
func (p AudienceProps) verifiedNote(ctx context.Context, kind creators.AudienceDimension) string {
	if p.isVerified(kind) {
		return i18n.T(ctx, "creators.audience.verified", "platform", components.PlatformName(p.Account.Platform))
	}
	return i18n.T(ctx, "creators.audience.sum")
}

package creators

import (
	"context"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/views/components"
)

// EligibilityProps is what a creator sees of the programmes.
type EligibilityProps struct {
	creators.Eligibility
	Now    time.Time
	BornOn string // as answered
	Errors map[string]string
}

func (p EligibilityProps) birthDateField(ctx context.Context) components.Field {
	return components.Field{
		Name: "born_on", Label: i18n.T(ctx, "creators.eligibility.birth.label"), Hint: i18n.T(ctx, "creators.eligibility.birth.hint"), Value: p.BornOn, Optional: true,
		Autocomplete: "bday", Max: models.DateOf(p.Now.UTC()).String(), Error: p.Errors["born_on"], Class: "short",
	}
}

func (p EligibilityProps) formProblems(ctx context.Context) []components.Problem {
	return components.NamedProblems(ctx, []components.Field{p.birthDateField(ctx)})
}

// outcomeState presents the outcome of a programme for an account.
func outcomeState(ctx context.Context, o creators.ConditionOutcome) (kind, text string) {
	text = i18n.T(ctx, "creators.eligibility.outcome."+string(o))
	switch o {
	case creators.OutcomeMet:
		return components.Good, text
	case creators.OutcomeMissing:
		return components.Late, text
	}
	return components.Plain, text
}

// hasText is the account's value for a condition, or why it is not known.
func hasText(ctx context.Context, j creators.AccountEligibility, c creators.EligibilityCondition) string {
	switch {
	case c.Actual != nil && c.Name == "age":
		return i18n.T(ctx, "creators.eligibility.years", "n", *c.Actual)
	case c.Actual != nil:
		return i18n.Number(ctx, *c.Actual)
	case c.Name == "age":
		return i18n.T(ctx, "creators.eligibility.unknown.age")
	case j.Account.Source != creators.SourceVerified:
		return i18n.T(ctx, "creators.eligibility.unknown.imported")
	}
	return i18n.T(ctx, "creators.eligibility.unknown.views")
}

func askedText(ctx context.Context, c creators.EligibilityCondition) string {
	if c.Name == "age" {
		return i18n.T(ctx, "creators.eligibility.years", "n", c.Required)
	}
	return i18n.Number(ctx, c.Required)
}

// missingText says by how much a condition is missed.
func missingText(ctx context.Context, c creators.EligibilityCondition) string {
	if c.Outcome != creators.OutcomeMissing || c.Name == "age" {
		return ""
	}
	return i18n.T(ctx, "creators.eligibility.lacks", "missing", c.Required-*c.Actual)
}

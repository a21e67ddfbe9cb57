package deals

import "tribemarket/models"

// ProposalForm is a proposal as it was typed.
type ProposalForm struct {
	Message      string            `form:"message"`
	Product      string            `form:"product"`
	Deliverables []DeliverableForm `form:"deliverables"`
	Fee          string            `form:"fee"`
	Currency     string            `form:"currency"`
	InKind       string            `form:"in_kind"`
	InKindValue  string            `form:"in_kind_value"`
	UsageDays    string            `form:"usage_days"`
	Disclosure   string            `form:"disclosure"`
	ExpiresDays  string            `form:"expires_days"`

	// ReadMoney reads an amount as the person's language writes it; without
	// one, models.ParseMoney does.
	ReadMoney func(s, currency string) (models.Money, error) `form:"-"`
}

// DeliverableForm is one line of a proposal; a count of N makes N deliverables.
type DeliverableForm struct {
	ContentType string `form:"content_type"`
	Format      string `form:"format"`
	Platform    string `form:"platform"`
	Count       string `form:"count"`
	DueOn       string `form:"due_on"`
}

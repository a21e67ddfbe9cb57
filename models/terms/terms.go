// Package terms holds what a brand and a creator agree on, clause by clause: what each
// clause says, what is allowed, how two versions differ, and the hash by which a version is
// named. It is pure.
package terms

import "tribemarket/models"

// FormatVersion is the version of the stored form of Terms.
const FormatVersion = 1

// Terms are everything that two sides agree on. Amounts are in minor units of Currency. The
// zero value of a clause says that nothing is agreed about it.
type Terms struct {
	Version      int           `json:"version"` // FormatVersion when they were stored
	Currency     string        `json:"currency"`
	Objective    string        `json:"objective,omitempty"` // one of Objectives
	Product      string        `json:"product"`
	Category     string        `json:"category"` // of the product, one of content.Categories
	Deliverables []Deliverable `json:"deliverables"`
	Fee          Fee           `json:"fee"`
	InKind       InKind        `json:"in_kind"`
	Commission   Commission    `json:"commission"`

	Rounds     int `json:"rounds"`      // of changes that the brand may ask for, for each deliverable; 0 for no limit
	ReviewDays int `json:"review_days"` // in which the brand answers a draft; 0 for the usual number

	Rights       []UsageRight `json:"rights,omitempty"`
	Whitelisting int          `json:"whitelisting,omitempty"` // days for which the brand may advertise with the post, one of WhitelistingDays
	Exclusivity  Exclusivity  `json:"exclusivity"`
	Retention    int          `json:"retention,omitempty"` // days for which the posts stay published

	PaymentDays   int       `json:"payment_days,omitempty"` // after completion
	Funded        bool      `json:"funded,omitempty"`       // the brand pays in before the work begins
	KillFee       KillFee   `json:"kill_fee"`
	PurchaseOrder string    `json:"purchase_order,omitempty"` // the brand's reference
	Guarantee     Guarantee `json:"guarantee"`

	Audience   []string `json:"audience,omitempty"` // countries whom the content addresses, ISO 3166-1 alpha-2
	Disclosure string   `json:"disclosure"`         // the words that mark the posts as advertising
	AI         AI       `json:"ai"`
	Child      bool     `json:"child,omitempty"` // a child appears in the content

	Shipment   Shipment         `json:"shipment"`
	Repetition Repetition       `json:"repetition"`
	Undecided  string           `json:"undecided,omitempty"` // what happens if a dispute is not decided, one of Outcomes
	Language   string           `json:"language,omitempty"`  // of the contract
	Personal   []PersonalClause `json:"personal,omitempty"`
}

// Deliverable is one video, live or story.
type Deliverable struct {
	Number      int         `json:"number"` // from 1
	ContentType string      `json:"content_type"`
	OtherType   string      `json:"other_type,omitempty"` // what it is, where the type is OtherType
	Format      string      `json:"format"`
	Platform    string      `json:"platform"`
	DueOn       models.Date `json:"due_on"`
	Fee         int64       `json:"fee,omitempty"` // its part of Fee.Content, where each has its own
}

// OtherType is the content type that is told in words.
const OtherType = "other"

// Fee is what the brand owes in money, in parts.
type Fee struct {
	Content      int64 `json:"content"`
	Rights       int64 `json:"rights,omitempty"`
	Whitelisting int64 `json:"whitelisting,omitempty"`
	Exclusivity  int64 `json:"exclusivity,omitempty"`
	Rush         int64 `json:"rush,omitempty"`
}

// Sum is all parts together.
func (f Fee) Sum() int64 { return f.Content + f.Rights + f.Whitelisting + f.Exclusivity + f.Rush }

// InKind is what the creator receives besides money, and what it is worth.
type InKind struct {
	What  string `json:"what,omitempty"`
	Value int64  `json:"value,omitempty"`
}

// Commission is a share of each sale, or an amount for each.
type Commission struct {
	SharePPM int64 `json:"share_ppm,omitempty"` // of the price, in millionths
	PerSale  int64 `json:"per_sale,omitempty"`
}

// UsageRight lets the brand use content outside the creator's own post.
type UsageRight struct {
	Deliverable int         `json:"deliverable,omitempty"` // its number; 0 for all
	Channel     string      `json:"channel"`               // one of Channels
	Use         string      `json:"use,omitempty"`         // one of Uses; "" where it is not said
	Territory   []string    `json:"territory,omitempty"`   // countries, ISO 3166-1 alpha-2; empty for the world
	StartsOn    models.Date `json:"starts_on"`             // zero for the day of publication
	Days        int         `json:"days"`
}

// Exclusivity keeps the creator from advertising others' products of a category.
type Exclusivity struct {
	Category string `json:"category,omitempty"`
	Days     int    `json:"days,omitempty"` // from the first publication
}

// KillFee is what is owed of the fee, in per cent, if the brand ends the deal at a stage.
type KillFee struct {
	BeforeDraft   int `json:"before_draft,omitempty"`
	AfterDraft    int `json:"after_draft,omitempty"`
	AfterApproval int `json:"after_approval,omitempty"`
}

// Guarantee is a result that the creator promises. It names the definition of its metric, so
// that a platform that counts differently later changes nothing.
type Guarantee struct {
	Metric     string      `json:"metric,omitempty"`     // one of Metrics
	Least      int64       `json:"least,omitempty"`      // for all deliverables together
	Days       int         `json:"days,omitempty"`       // after publication
	Definition int         `json:"definition,omitempty"` // the version of the metric's definition
	DefinedOn  models.Date `json:"defined_on"`
}

// AI says whether machines make what is seen or heard, and who says so.
type AI struct {
	Use      string      `json:"use,omitempty"`      // one of AIUses
	Labelled models.Side `json:"labelled,omitempty"` // by whom; the use AINone has none
}

// Shipment is a product that the brand sends before the work can begin.
type Shipment struct {
	Days   int  `json:"days,omitempty"` // in which it is sent; 0 for no shipment
	Return bool `json:"return,omitempty"`
}

// Repetition repeats the deliverables each month: each cycle is a deal under the same terms.
type Repetition struct {
	Months     int `json:"months,omitempty"` // 0 or 1 for once
	NoticeDays int `json:"notice_days,omitempty"`
}

// PersonalClause is one that the sides write themselves.
type PersonalClause struct {
	Title string `json:"title"`
	Text  string `json:"text"`
}

// Money is an amount of the terms with their currency.
func (t Terms) Money(minor int64) models.Money {
	return models.Money{Minor: minor, Currency: t.Currency}
}

// FeeSum is what the brand owes in money. What is given in kind stands beside it.
func (t Terms) FeeSum() models.Money { return t.Money(t.Fee.Sum()) }

// Worth is what the brand owes and gives, in money and in kind, over all months. Known is false
// where more comes on top whose worth nobody can say: a commission, or something in kind
// without a value.
func (t Terms) Worth() (worth models.Money, known bool) {
	worth = t.Money((t.Fee.Sum() + t.InKind.Value) * int64(t.Cycles()))
	return worth, !t.HasOpenCommission() && (t.InKind.What == "" || t.InKind.Value > 0)
}

// HasOpenCommission says whether a commission is part of the reward: nobody knows its amount
// before the sales.
func (t Terms) HasOpenCommission() bool { return t.Commission != (Commission{}) }

// HasItemFees says whether each deliverable has a fee of its own.
func (t Terms) HasItemFees() bool { return len(t.Deliverables) > 0 && t.Deliverables[0].Fee > 0 }

// FirstDue is the day on which the first deliverable is due; zero without one.
func (t Terms) FirstDue() models.Date {
	var first models.Date
	for _, x := range t.Deliverables {
		if first.IsZero() || x.DueOn.Before(first) {
			first = x.DueOn
		}
	}
	return first
}

package deals

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/platform"
	"tribemarket/models/text"
	"tribemarket/models/workflow"
)

// The limits of a proposal.
const (
	MaxItems       = 20
	MaxUsageDays   = 3650
	MaxExpiresDays = 30
	ExpiresDays    = 7 // unless the brand says otherwise
	maxYearsAhead  = 2
)

// ProposalForm is a proposal as typed.
type ProposalForm struct {
	Message      string            `form:"message"`
	Product      string            `form:"product"`
	Category     string            `form:"category"` // one of creators.ProductCategories; "" counts as "other"
	Deliverables []DeliverableForm `form:"deliverables"`
	Fee          string            `form:"fee"`
	Currency     string            `form:"currency"`
	InKind       string            `form:"in_kind"`
	InKindValue  string            `form:"in_kind_value"`
	UsageDays    string            `form:"usage_days"`
	Disclosure   string            `form:"disclosure"`
	ExpiresDays  string            `form:"expires_days"`
	BelowPrice   string            `form:"below_price"` // "yes" sends it for less than the creator's starting prices

	// ReadMoney reads an amount in the notation of the person's language;
	// models.ParseMoney if nil.
	ReadMoney func(s, currency string) (models.Money, error) `form:"-" json:"-"`
}

// DeliverableForm is one line of a proposal; a count of N makes N deliverables.
type DeliverableForm struct {
	ContentType string `form:"content_type"`
	Format      string `form:"format"`
	Platform    string `form:"platform"`
	Count       string `form:"count"`
	DueOn       string `form:"due_on"`
}

// Blank says whether nothing was chosen in the line; such lines are skipped.
func (f DeliverableForm) Blank() bool {
	return strings.TrimSpace(f.ContentType+f.Format+f.Platform+f.DueOn) == ""
}

// Platforms lists where a format can be published.
func Platforms(format string) []string {
	return slices.DeleteFunc(platform.Names(), func(p string) bool {
		return format == "story" && p != platform.TikTok && p != platform.Instagram
	})
}

// offer is a proposal as parsed from its form.
type offer struct {
	message   string
	category  string
	terms     Terms
	items     []Item
	lines     []int // for each item, the line of the form that it comes from
	expiresAt time.Time
}

// readOffer checks and reads a form; its days are in the creator's time zone.
func (f ProposalForm) readOffer(zone *time.Location, now time.Time) (offer, error) {
	var wrong models.Fields
	o := offer{message: text.Paragraphs(f.Message)}
	o.terms.Product, o.terms.InKind, o.terms.Disclosure = text.SingleLine(f.Product), text.SingleLine(f.InKind), text.SingleLine(f.Disclosure)
	checkText(&wrong, "message", o.message, false, MaxMessage)
	checkText(&wrong, "product", o.terms.Product, true, MaxProduct)
	if o.category = f.Category; o.category != "" && !slices.Contains(creators.ProductCategories(), o.category) {
		wrong.Add("category", "creators.error.category")
	}
	o.items, o.lines = f.readItems(&wrong, models.DateOf(now.In(zone)))
	f.readReward(&wrong, &o.terms)
	o.terms.UsageDays = readNumber(&wrong, "usage_days", f.UsageDays, 0, 0, MaxUsageDays)
	checkText(&wrong, "disclosure", o.terms.Disclosure, true, MaxDisclosure)
	days := readNumber(&wrong, "expires_days", f.ExpiresDays, ExpiresDays, 1, MaxExpiresDays)
	if err := wrong.Err(); err != nil {
		return offer{}, err
	}
	last := models.DateOf(now.In(zone)).AddDays(days)
	for _, it := range o.items {
		if it.DueOn.Before(last) {
			last = it.DueOn
		}
	}
	o.expiresAt = ProposalTable.Rule(Open).Deadline.At(workflow.Moments{Entered: now, Agreed: last, Zone: zone})
	return o, nil
}

// readItems expands the lines: a count of N makes N deliverables.
func (f ProposalForm) readItems(wrong *models.Fields, today models.Date) ([]Item, []int) {
	var items []Item
	var lines []int
	total := 0
	for i, l := range f.Deliverables {
		if l.Blank() {
			continue
		}
		at := func(field string) string { return fmt.Sprintf("deliverables[%d].%s", i, field) }
		it := Item{ContentType: l.ContentType, Format: l.Format, Platform: l.Platform}
		checkChoice(wrong, at("content_type"), l.ContentType, creators.ContentTypes())
		checkChoice(wrong, at("format"), l.Format, creators.PostFormats())
		checkChoice(wrong, at("platform"), l.Platform, platform.Names())
		if _, bad := wrong.Get(at("platform")); !bad && !slices.Contains(Platforms(l.Format), l.Platform) {
			wrong.Add(at("platform"), "deals.invalid.platform_format")
		}
		it.DueOn = readDueDay(wrong, at("due_on"), l.DueOn, today)
		n := readNumber(wrong, at("count"), l.Count, 1, 1, MaxItems)
		total += n
		for range min(n, MaxItems) {
			if len(items) < MaxItems {
				it.Number = len(items) + 1
				items, lines = append(items, it), append(lines, i)
			}
		}
	}
	switch {
	case total == 0:
		wrong.Add("deliverables", "deals.invalid.deliverables")
	case total > MaxItems:
		wrong.Add("deliverables", "deals.invalid.deliverables_many", "most", MaxItems)
	}
	return items, lines
}

func checkChoice(wrong *models.Fields, field, s string, of []string) {
	if !slices.Contains(of, s) {
		wrong.Add(field, "deals.invalid."+fieldName(field))
	}
}

// readDueDay reads a day that is not in the past.
func readDueDay(wrong *models.Fields, field, s string, today models.Date) models.Date {
	d, err := models.ParseDate(strings.TrimSpace(s))
	last := models.DateOf(time.Date(today.Year+maxYearsAhead, today.Month, today.Day, 12, 0, 0, 0, time.UTC))
	switch {
	case err != nil:
		wrong.Add(field, "deals.invalid.due_on")
	case d.String() < today.String():
		wrong.Add(field, "deals.invalid.due_on_past", "today", today)
	case d.String() > last.String():
		wrong.Add(field, "deals.invalid.due_on_far", "last", last)
	}
	return d
}

// readNumber reads a whole number; an empty text gives the usual one.
func readNumber(wrong *models.Fields, field, s string, usual, least, most int) int {
	if s = strings.TrimSpace(s); s == "" {
		return usual
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < least || n > most {
		wrong.Add(field, "deals.invalid.number", "least", least, "most", most)
		return usual
	}
	return n
}

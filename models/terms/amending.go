package terms

import (
	"fmt"
	"slices"

	"tribemarket/models"
)

// Amending is terms in force that other terms may take the place of.
type Amending struct {
	Terms   Terms
	Due     []models.Date // when each deliverable is due now: later than agreed where the work had to wait
	Settled []int         // the numbers of deliverables that are approved, or further
	Today   models.Date

	Cycle     int  // whose terms they are, from 1
	Repeating bool // further cycles begin, and nobody has given notice
}

// days are those that may stay as they are although they have passed.
func (a Amending) days() []models.Date {
	all := a.Terms.dueDays()
	for _, r := range a.Terms.Rights {
		all = append(all, r.StartsOn)
	}
	return all
}

// AmendingForm is the form that would be read as the terms in force, with a line for each
// deliverable, so that a further line is a further deliverable. A line shows when its
// deliverable is due now.
func AmendingForm(a Amending, write func(models.Money) string) Form {
	t := a.Terms
	f := FormOf(t, write)
	f.Deliverables = make([]DeliverableForm, len(t.Deliverables))
	for i, x := range t.Deliverables {
		x.DueOn = a.dueNow(x)
		f.Deliverables[i] = lineOf(x)
		f.Deliverables[i].DueNow = x.DueOn.String()
	}
	if f.Fee == "" && t.Fee.Content > 0 { // the form has no fee for each
		if write == nil {
			write = models.Money.DecimalString
		}
		f.Fee = write(t.Money(t.Fee.Content))
	}
	return f
}

// lineOf is a deliverable as a line of a form, without a fee of its own.
func lineOf(x Deliverable) DeliverableForm {
	return DeliverableForm{ContentType: x.ContentType, OtherType: x.OtherType, Format: x.Format, Platform: x.Platform, Count: "1", DueOn: x.DueOn.String()}
}

// dueNow is when a deliverable of the terms in force is due now.
func (a Amending) dueNow(x Deliverable) models.Date {
	if x.Number <= len(a.Due) {
		return a.Due[x.Number-1]
	}
	return x.DueOn
}

// Carried are other terms with the days on which their deliverables will be due: those that
// keep the agreed day stay where they are now.
func (a Amending) Carried(t Terms) Terms {
	all := make([]Deliverable, len(t.Deliverables))
	for i, x := range t.Deliverables {
		if a.keepsDay(x) {
			x.DueOn = a.dueNow(x)
		}
		all[i] = x
	}
	t.Deliverables = all
	return t
}

// keepsDay says whether a deliverable of other terms is in force already, for the same day.
func (a Amending) keepsDay(x Deliverable) bool {
	return x.Number <= len(a.Terms.Deliverables) && a.Terms.Deliverables[x.Number-1].DueOn == x.DueOn
}

// ReadAmendment reads a form of AmendingForm: the terms that it would put in the place of those
// in force, and for each deliverable from which line it comes. The deliverables that there are
// keep their numbers, and further ones follow. One whose line shows the day that it showed at
// first keeps the agreed day. What an amendment may not change is wrong.
func (f Form) ReadAmendment(rules Rules, a Amending) (t Terms, lines []int, wrong models.Fields) {
	rules.AgreedDays = append(a.days(), f.shownDays(a)...)
	t, lines, wrong = f.Read(rules)
	t, lines = a.arrange(t, lines)
	f.keepDays(a, &t, lines, &wrong)
	a.keepGuarantee(&t)
	return t, lines, append(wrong, a.Check(t, lines)...)
}

// shownDays are the days on which the lines of agreed deliverables showed them due.
func (f Form) shownDays(a Amending) (all []models.Date) {
	for _, line := range f.Deliverables[:min(len(f.Deliverables), len(a.Terms.Deliverables))] {
		if day, err := models.ParseDate(line.DueNow); err == nil {
			all = append(all, day)
		}
	}
	return all
}

// keepDays gives the agreed day back to what is due later now, where its line was left alone.
// A line with the agreed day itself is wrong: terms that say the same move nothing.
func (f Form) keepDays(a Amending, t *Terms, lines []int, wrong *models.Fields) {
	for i, x := range t.Deliverables {
		if x.Number > len(a.Terms.Deliverables) {
			break // further ones come last
		}
		agreed, shown := a.Terms.Deliverables[x.Number-1].DueOn, f.Deliverables[lines[i]].DueNow
		switch {
		case shown == x.DueOn.String():
			t.Deliverables[i].DueOn = agreed
		case shown != "" && x.DueOn == agreed:
			addOnce(wrong, fmt.Sprintf("deliverables[%d].due_on", lines[i]), "terms.amend.agreed_day", "on", a.dueNow(x))
		}
	}
}

// arrange numbers the first deliverable of each line of the terms in force as it is numbered
// there, and all others after them.
func (a Amending) arrange(t Terms, lines []int) (Terms, []int) {
	known := len(a.Terms.Deliverables)
	var first, more []int // positions in t
	for i, line := range lines {
		if line < known && (i == 0 || lines[i-1] != line) {
			first = append(first, i)
		} else {
			more = append(more, i)
		}
	}
	numbers := map[int]int{}
	var all []Deliverable
	var from []int
	for n, i := range append(first, more...) {
		x := t.Deliverables[i]
		numbers[x.Number] = n + 1
		if n < len(first) {
			numbers[x.Number] = lines[i] + 1
		}
		x.Number = numbers[x.Number]
		all, from = append(all, x), append(from, lines[i])
	}
	t.Deliverables = all
	t.Rights = slices.Clone(t.Rights)
	for i, r := range t.Rights {
		t.Rights[i].Deliverable = numbers[r.Deliverable]
	}
	return t, from
}

// keepGuarantee leaves a guarantee that stays under the definition that it was agreed under.
func (a Amending) keepGuarantee(t *Terms) {
	same := t.Guarantee
	same.Definition, same.DefinedOn = a.Terms.Guarantee.Definition, a.Terms.Guarantee.DefinedOn
	if same == a.Terms.Guarantee {
		t.Guarantee = same
	}
}

// Check says what of other terms may not take the place of those in force: the product and the
// currency stay, and so do the deliverables; the days of those that are not approved may move.
// For how many months the deliverables repeat changes only while further cycles begin, to at
// least one of them: a notice is what ends a repetition, and a new deal what begins one.
func (a Amending) Check(t Terms, lines []int) (wrong models.Fields) {
	for _, fixed := range []struct{ field, before, after string }{
		{"product", a.Terms.Product, t.Product}, {"category", a.Terms.Category, t.Category}, {"currency", a.Terms.Currency, t.Currency},
	} {
		if fixed.before != fixed.after {
			wrong.Add(fixed.field, "terms.amend.fixed")
		}
	}
	switch {
	case t.Repetition == a.Terms.Repetition:
	case !a.Repeating:
		wrong.Add("repetition_months", "terms.amend.repetition")
	case t.Cycles() <= a.Cycle:
		wrong.Add("repetition_months", "terms.amend.repetition_short", "least", a.Cycle+1)
	}
	for _, before := range a.Terms.Deliverables {
		i := slices.IndexFunc(t.Deliverables, func(x Deliverable) bool { return x.Number == before.Number })
		if i < 0 {
			wrong.Add("deliverables", "terms.amend.removed", "number", before.Number)
			continue
		}
		a.checkDeliverable(&wrong, fmt.Sprintf("deliverables[%d].", lines[i]), before, t.Deliverables[i])
	}
	for i, x := range t.Deliverables {
		if x.Number > len(a.Terms.Deliverables) && x.DueOn.Before(a.Today) {
			addOnce(&wrong, fmt.Sprintf("deliverables[%d].due_on", lines[i]), "terms.invalid.day_past", "today", a.Today)
		}
	}
	return wrong
}

func (a Amending) checkDeliverable(wrong *models.Fields, at string, before, after Deliverable) {
	if after.ContentType != before.ContentType || after.OtherType != before.OtherType || after.Format != before.Format || after.Platform != before.Platform {
		wrong.Add(at+"content_type", "terms.amend.deliverable", "number", before.Number)
	}
	moved := after.DueOn != before.DueOn
	switch settled := slices.Contains(a.Settled, before.Number); {
	case settled && (moved || a.Terms.HasItemFees() && after.Fee != before.Fee):
		wrong.Add(at+"due_on", "terms.amend.settled", "number", before.Number)
	case moved && after.DueOn.Before(a.Today):
		addOnce(wrong, at+"due_on", "terms.invalid.day_past", "today", a.Today)
	}
}

// addOnce adds what is wrong with a field about which nothing is said yet.
func addOnce(wrong *models.Fields, field, key string, args ...any) {
	if _, told := wrong.Get(field); !told {
		wrong.Add(field, key, args...)
	}
}

// Changed are the deliverables of other terms that are due on another day than agreed, or new.
func (a Amending) Changed(t Terms) []Deliverable {
	var all []Deliverable
	for _, x := range t.Deliverables {
		if !a.keepsDay(x) {
			all = append(all, x)
		}
	}
	return all
}

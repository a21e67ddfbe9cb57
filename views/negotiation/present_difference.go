package negotiation

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
	"tribemarket/models/text"
	"tribemarket/views/paths"
	termsview "tribemarket/views/terms"
)

// presentDifference presents the latest offer beside an earlier one, and says in a line what
// it changes.
func presentDifference(ctx context.Context, side models.Side, n negotiation.Negotiation, beside int) (Difference, string) {
	latest := n.Offers[len(n.Offers)-1]
	before := n.Offer(beside)
	if before == nil || before.Number >= latest.Number {
		before = &n.Offers[len(n.Offers)-2]
	}
	number := strconv.Itoa(before.Number)
	d := Difference{Note: i18n.T(ctx, "negotiation.offers.beside", "number", strconv.Itoa(latest.Number), "before", number)}
	changed := before.Terms.Differences(latest.Terms)
	for _, c := range changed {
		d.Changed = append(d.Changed, changedClause(ctx, c, n, *before, latest))
	}
	for _, c := range latest.Terms.Agreed() {
		if !slices.Contains(changed, c) {
			kept := ChangedClause{Name: termsview.Name(ctx, c), Now: termsview.Words(ctx, c, latest.Terms), Note: saidOf(ctx, c, n, latest)}
			if kept.Note != "" {
				d.Changed = append(d.Changed, kept) // a question about it is no less to be read
			} else {
				d.Kept = append(d.Kept, kept)
			}
		}
	}
	d.KeptAsk = i18n.T(ctx, "negotiation.offers.kept", "n", len(d.Kept))
	for _, o := range []int{latest.Number - 1, 1} {
		if o != before.Number && o >= 1 && !slices.ContainsFunc(d.Others, func(b Beside) bool { return b.Href == paths.NegotiationBeside(n.PublicID, o) }) {
			d.Others = append(d.Others, Beside{i18n.T(ctx, "negotiation.offers.beside_link", "before", strconv.Itoa(o)), paths.NegotiationBeside(n.PublicID, o)})
		}
	}
	return d, i18n.T(ctx, "negotiation.turn.sum", "worth", termsview.Reward(ctx, latest.Terms), "n", len(changed)) + sumDifference(ctx, *before, latest)
}

// sumDifference says how much more or less the fee of an offer is; "" in another currency.
func sumDifference(ctx context.Context, before, after negotiation.Offer) string {
	gap := sumOf(after) - sumOf(before)
	if gap == 0 || before.Terms.Currency != after.Terms.Currency {
		return ""
	}
	key := "negotiation.turn.more"
	if gap < 0 {
		key, gap = "negotiation.turn.less", -gap
	}
	return ". " + i18n.T(ctx, key, "gap", i18n.Money(ctx, after.Terms.Money(gap)))
}

func changedClause(ctx context.Context, c terms.Clause, n negotiation.Negotiation, before, after negotiation.Offer) ChangedClause {
	none := i18n.T(ctx, "terms.none")
	out := ChangedClause{
		Name: termsview.Name(ctx, c), Now: cmp.Or(termsview.Words(ctx, c, after.Terms), none), Was: cmp.Or(termsview.Words(ctx, c, before.Terms), none),
	}
	out.Note = saidOf(ctx, c, n, after)
	return out
}

// saidOf is what the side that made an offer wrote about one of its clauses.
func saidOf(ctx context.Context, c terms.Clause, n negotiation.Negotiation, o negotiation.Offer) string {
	if o.Notes[c] == "" {
		return ""
	}
	return i18n.T(ctx, "negotiation.offers.said", "name", nameOf(n, o.Side), "note", o.Notes[c])
}

// The drawing of how near the sums are: its places in the units of its view box.
const (
	nearLeft, nearRight = 90, 550
	nearTop, nearBottom = 48, 152
	nearNameLength      = 16 // in characters
	nearBelow           = 28 // from a point to the foot of a label below it
)

// presentNear draws the sums of all offers in the currency of the latest one.
func presentNear(ctx context.Context, side models.Side, n negotiation.Negotiation) Near {
	var offers []negotiation.Offer
	for _, o := range n.Offers {
		if o.Terms.Currency == n.Latest.Terms.Currency {
			offers = append(offers, o)
		}
	}
	least, most := sumOf(offers[0]), sumOf(offers[0])
	for _, o := range offers {
		least, most = min(least, sumOf(o)), max(most, sumOf(o))
	}
	var out Near
	var spoken []string
	path := map[bool][]string{}
	last := map[bool]negotiation.Offer{}
	first := map[bool]negotiation.Offer{}
	place := map[bool][2]int64{}
	for i, o := range offers {
		mine, sum := o.Side == side, i18n.Money(ctx, o.Terms.FeeSum())
		x := int64(nearLeft)
		if len(offers) > 1 {
			x += int64(i) * (nearRight - nearLeft) / int64(len(offers)-1)
		}
		y := int64((nearTop + nearBottom) / 2)
		if most > least {
			y = nearBottom - (sumOf(o)-least)*(nearBottom-nearTop)/(most-least)
		}
		at := strconv.FormatInt(x, 10) + " " + strconv.FormatInt(y, 10)
		path[mine], last[mine], place[mine] = append(path[mine], at), o, [2]int64{x, y}
		if _, known := first[mine]; !known {
			first[mine] = o
		}
		out.Points = append(out.Points, NearPoint{
			X: strconv.FormatInt(x, 10), Y: strconv.FormatInt(y, 10), LabelY: strconv.FormatInt(y-12, 10), Mine: mine, Sum: sum, Number: strconv.Itoa(o.Number), Name: ", " + nearName(ctx, mine, nameOf(n, o.Side)),
		})
		spoken = append(spoken, i18n.T(ctx, "negotiation.near.sum", "number", strconv.Itoa(o.Number), "name", nameOf(n, o.Side), "sum", sum))
	}
	keepLabelsApart(out.Points)
	out.Mine, out.Theirs, out.Spoken = line(path[true]), line(path[false]), strings.Join(spoken, ". ")
	if len(path[true]) > 0 && len(path[false]) > 0 {
		out.GapPath = line([]string{
			strconv.FormatInt(place[true][0], 10) + " " + strconv.FormatInt(place[true][1], 10),
			strconv.FormatInt(place[false][0], 10) + " " + strconv.FormatInt(place[false][1], 10),
		})
		if out.Note, out.Gap = gapTexts(ctx, n, sumOf(first[true])-sumOf(first[false]), sumOf(last[true])-sumOf(last[false])); out.Gap == "" {
			out.GapPath = ""
		}
	}
	return out
}

// mostLabelled is how many offers have room for their sums and names in the drawing.
const mostLabelled = 4

// keepLabelsApart leaves, of many offers, the sums of the first and of the latest two, on the
// sides that are turned away from each other, and no names. All of it is in the spoken text.
func keepLabelsApart(points []NearPoint) {
	if len(points) <= mostLabelled {
		return
	}
	last := len(points) - 1
	for i := range points {
		p := &points[i]
		p.Name = ""
		if 0 < i && i < last-1 {
			p.Sum = ""
		}
		if 0 < i && i < last && last > 9 {
			p.Number = ""
		}
	}
	before, latest := &points[last-1], &points[last]
	below := func(p *NearPoint) {
		y, _ := strconv.Atoi(p.Y)
		p.LabelY = strconv.Itoa(y + nearBelow)
	}
	by, _ := strconv.Atoi(before.Y)
	ly, _ := strconv.Atoi(latest.Y)
	switch {
	case by > ly:
		below(before)
	case by < ly:
		below(latest)
	default:
		before.Sum = ""
	}
}

func sumOf(o negotiation.Offer) int64 { return o.Terms.Fee.Sum() }

// line is the path through some points; "" for fewer than two.
func line(points []string) string {
	if len(points) < 2 {
		return ""
	}
	return "M" + strings.Join(points, "L")
}

// gapTexts say how far apart the sides were at first, and are now.
func gapTexts(ctx context.Context, n negotiation.Negotiation, first, now int64) (note, gap string) {
	t := n.Latest.Terms
	if n.State == negotiation.Agreed {
		return i18n.T(ctx, "negotiation.near.agreed", "sum", i18n.Money(ctx, t.FeeSum())), ""
	}
	if now == 0 {
		return i18n.T(ctx, "negotiation.near.same"), ""
	}
	money := func(minor int64) string { return i18n.Money(ctx, t.Money(max(minor, -minor))) }
	return i18n.T(ctx, "negotiation.near.apart", "first", money(first), "now", money(now)), i18n.T(ctx, "negotiation.near.between", "gap", money(now))
}

// nearName is who made an offer, in the room that its place in the drawing has.
func nearName(ctx context.Context, mine bool, name string) string {
	if mine {
		return i18n.T(ctx, "negotiation.quote.you")
	}
	if short := text.Truncate(name, nearNameLength); short != name {
		return strings.TrimSpace(short) + "…"
	}
	return name
}

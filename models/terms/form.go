package terms

import (
	"strconv"
	"strings"

	"tribemarket/models"
	"tribemarket/models/text"
)

// Form is terms as typed. Empty answers leave a clause out.
type Form struct {
	Objective    string            `form:"objective"`
	Product      string            `form:"product"`
	Category     string            `form:"category"`
	Deliverables []DeliverableForm `form:"deliverables"`

	Currency        string `form:"currency"`
	Fee             string `form:"fee"` // of the content; empty where each deliverable has its own
	RightsFee       string `form:"rights_fee"`
	WhitelistingFee string `form:"whitelisting_fee"`
	ExclusivityFee  string `form:"exclusivity_fee"`
	RushFee         string `form:"rush_fee"`
	InKind          string `form:"in_kind"`
	InKindValue     string `form:"in_kind_value"`
	CommissionShare string `form:"commission_share"` // per cent
	CommissionSale  string `form:"commission_sale"`

	Rounds              string      `form:"rounds"`
	ReviewDays          string      `form:"review_days"`
	Rights              []RightForm `form:"rights"`
	Whitelisting        string      `form:"whitelisting"`
	ExclusivityCategory string      `form:"exclusivity_category"`
	ExclusivityDays     string      `form:"exclusivity_days"`
	Retention           string      `form:"retention"`

	PaymentDays       string `form:"payment_days"`
	Funded            string `form:"funded"` // "yes"
	KillBeforeDraft   string `form:"kill_before_draft"`
	KillAfterDraft    string `form:"kill_after_draft"`
	KillAfterApproval string `form:"kill_after_approval"`
	PurchaseOrder     string `form:"purchase_order"`
	GuaranteeMetric   string `form:"guarantee_metric"`
	GuaranteeLeast    string `form:"guarantee_least"`
	GuaranteeDays     string `form:"guarantee_days"`

	Audience   []string `form:"audience"`
	Disclosure string   `form:"disclosure"`
	AIUse      string   `form:"ai_use"`
	AILabelled string   `form:"ai_labelled"`
	Child      string   `form:"child"` // "yes"

	ShipmentDays     string         `form:"shipment_days"`
	ShipmentReturn   string         `form:"shipment_return"` // "yes"
	RepetitionMonths string         `form:"repetition_months"`
	NoticeDays       string         `form:"notice_days"`
	Undecided        string         `form:"undecided"`
	Language         string         `form:"language"`
	Personal         []PersonalForm `form:"personal"`

	// ReadMoney reads an amount in the notation of the person's language;
	// models.ParseMoney if nil.
	ReadMoney func(s, currency string) (models.Money, error) `form:"-" json:"-"`
}

// DeliverableForm is one line of deliverables; a count of N makes N deliverables.
type DeliverableForm struct {
	ContentType string `form:"content_type"`
	OtherType   string `form:"other_type"`
	Format      string `form:"format"`
	Platform    string `form:"platform"`
	Count       string `form:"count"`
	DueOn       string `form:"due_on"`
	Fee         string `form:"fee"`                       // of each
	DueNow      string `form:"due_now" json:",omitempty"` // of an amendment: the day that the line showed at first
}

// IsBlank says whether nothing was chosen in the line; such lines are skipped.
func (f DeliverableForm) IsBlank() bool {
	return strings.TrimSpace(f.ContentType+f.Format+f.Platform+f.DueOn+f.OtherType+f.Fee) == ""
}

// RightForm is one line of usage rights.
type RightForm struct {
	Deliverable string   `form:"deliverable"` // "" for all
	Channel     string   `form:"channel"`
	Use         string   `form:"use"`
	Territory   []string `form:"territory"`
	StartsOn    string   `form:"starts_on"`
	Days        string   `form:"days"`
}

// IsBlank says whether nothing was entered in the line; such lines are skipped.
func (f RightForm) IsBlank() bool {
	f.Days = strings.TrimSpace(f.Days)
	return (f.Days == "" || f.Days == "0") && strings.TrimSpace(f.StartsOn) == ""
}

// PersonalForm is one clause that the sides write themselves.
type PersonalForm struct {
	Title string `form:"title"`
	Text  string `form:"text"`
}

// IsBlank says whether nothing was written; such clauses are skipped.
func (f PersonalForm) IsBlank() bool { return text.SingleLine(f.Title+f.Text) == "" }

// yes is the value of a ticked box.
const yes = "yes"

// FormOf is the form that would be read as the terms, for a counter-offer or another offer
// with the same terms. Amounts are written for models.ParseMoney unless write is given.
func FormOf(t Terms, write func(models.Money) string) Form {
	if write == nil {
		write = models.Money.DecimalString
	}
	amount := func(minor int64) string {
		if minor == 0 {
			return ""
		}
		return write(t.Money(minor))
	}
	f := Form{
		Objective: t.Objective, Product: t.Product, Category: t.Category, Currency: t.Currency,
		RightsFee: amount(t.Fee.Rights), WhitelistingFee: amount(t.Fee.Whitelisting), ExclusivityFee: amount(t.Fee.Exclusivity), RushFee: amount(t.Fee.Rush),
		InKind: t.InKind.What, InKindValue: amount(t.InKind.Value), CommissionSale: amount(t.Commission.PerSale),
		Rounds: number(t.Rounds), ReviewDays: number(t.ReviewDays), Whitelisting: number(t.Whitelisting),
		ExclusivityCategory: t.Exclusivity.Category, ExclusivityDays: number(t.Exclusivity.Days), Retention: number(t.Retention),
		PaymentDays: number(t.PaymentDays), Funded: ticked(t.Funded),
		KillBeforeDraft: number(t.KillFee.BeforeDraft), KillAfterDraft: number(t.KillFee.AfterDraft), KillAfterApproval: number(t.KillFee.AfterApproval),
		PurchaseOrder: t.PurchaseOrder, GuaranteeMetric: t.Guarantee.Metric, GuaranteeLeast: number(int(t.Guarantee.Least)), GuaranteeDays: number(t.Guarantee.Days),
		Audience: t.Audience, Disclosure: t.Disclosure, AIUse: t.AI.Use, AILabelled: string(t.AI.Labelled), Child: ticked(t.Child),
		ShipmentDays: number(t.Shipment.Days), ShipmentReturn: ticked(t.Shipment.Return), RepetitionMonths: number(t.Repetition.Months), NoticeDays: number(t.Repetition.NoticeDays),
		Undecided: t.Undecided, Language: t.Language,
	}
	if t.Commission.SharePPM > 0 {
		f.CommissionShare = text.FormatPercent(t.Commission.SharePPM)
	}
	if !t.HasItemFees() {
		f.Fee = amount(t.Fee.Content)
	}
	f.addLines(t, amount)
	return f
}

func (f *Form) addLines(t Terms, amount func(int64) string) {
	for i, x := range t.Deliverables {
		line := lineOf(x)
		line.Fee = amount(x.Fee)
		if n := len(f.Deliverables) - 1; i > 0 && sameBut(t.Deliverables[i-1], x) {
			count, _ := strconv.Atoi(f.Deliverables[n].Count)
			f.Deliverables[n].Count = strconv.Itoa(count + 1)
			continue
		}
		f.Deliverables = append(f.Deliverables, line)
	}
	for _, r := range t.Rights {
		f.Rights = append(f.Rights, RightForm{number(r.Deliverable), r.Channel, r.Use, r.Territory, r.StartsOn.String(), number(r.Days)})
	}
	for _, c := range t.Personal {
		f.Personal = append(f.Personal, PersonalForm(c))
	}
}

// sameBut says whether two deliverables differ in their numbers only.
func sameBut(a, b Deliverable) bool {
	a.Number = b.Number
	return a == b
}

// number writes a number; 0 is left out.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func ticked(b bool) string {
	if b {
		return yes
	}
	return ""
}

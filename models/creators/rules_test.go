package creators

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tribemarket/models"
	"tribemarket/models/platform"
)

func day(s string) models.Date {
	d, err := models.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestTheMostExactFloorCounts(t *testing.T) {
	t.Parallel()
	p := Programme{Floors: []ProgrammeFloor{{Followers: 1}, {Country: "KR", Followers: 2}, {Platform: platform.TikTok, Followers: 3}, {Platform: platform.TikTok, Country: "KR", Followers: 4}}}
	for _, tc := range []struct {
		platform, country string
		want              int64
	}{{platform.YouTube, "FR", 1}, {platform.YouTube, "KR", 2}, {platform.TikTok, "FR", 3}, {platform.TikTok, "", 3}, {platform.TikTok, "KR", 4}, {platform.Twitch, "", 1}} {
		if got := p.FloorFor(tc.platform, tc.country).Followers; got != tc.want {
			t.Errorf("%s in %q: floor %d, want %d", tc.platform, tc.country, got, tc.want)
		}
	}
}

func TestAFloorIncludesItselfAndWhatIsNotKnownUnlistsNobody(t *testing.T) {
	t.Parallel()
	f := ProgrammeFloor{Followers: 1000, Views30: 500, Posts30: 3, MinAge: 18}
	for name, tc := range map[string]struct {
		st    EligibilityFigures
		want  ConditionOutcome
		lists bool
	}{
		"all exactly":     {EligibilityFigures{Followers: 1000, Views30: new(int64(500)), Posts30: new(int64(3)), Age: new(int64(18))}, OutcomeMet, true},
		"one follower":    {EligibilityFigures{Followers: 999, Views30: new(int64(500)), Posts30: new(int64(3)), Age: new(int64(18))}, OutcomeMissing, false},
		"one view":        {EligibilityFigures{Followers: 1000, Views30: new(int64(499)), Posts30: new(int64(3)), Age: new(int64(18))}, OutcomeMissing, false},
		"one post":        {EligibilityFigures{Followers: 1000, Views30: new(int64(500)), Posts30: new(int64(2)), Age: new(int64(18))}, OutcomeMissing, false},
		"one year":        {EligibilityFigures{Followers: 1000, Views30: new(int64(500)), Posts30: new(int64(3)), Age: new(int64(17))}, OutcomeMissing, false},
		"nothing known":   {EligibilityFigures{Followers: 1000}, OutcomeUnknown, true},
		"missing counts":  {EligibilityFigures{Followers: 999}, OutcomeMissing, false},
		"age not said":    {EligibilityFigures{Followers: 1000, Views30: new(int64(500)), Posts30: new(int64(3))}, OutcomeUnknown, true},
		"views not known": {EligibilityFigures{Followers: 1000, Posts30: new(int64(3)), Age: new(int64(30))}, OutcomeUnknown, true},
	} {
		if got := CombineOutcomes(f.CheckConditions(tc.st)); got != tc.want || f.allowsListing(tc.st) != tc.lists {
			t.Errorf("%s: %s, listed %t", name, got, f.allowsListing(tc.st))
		}
	}
	if all := (ProgrammeFloor{}).CheckConditions(EligibilityFigures{}); len(all) != 0 {
		t.Errorf("a floor that asks for nothing has %v", all)
	}
}

func TestAgeIsInWholeYears(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		born, on string
		want     int64
	}{{"2008-11-20", "2026-11-19", 17}, {"2008-11-20", "2026-11-20", 18}, {"2004-02-29", "2022-02-28", 17}, {"2004-02-29", "2022-03-01", 18}} {
		if got := AgeInYears(day(tc.born), day(tc.on)); got != tc.want {
			t.Errorf("born %s, on %s: %d", tc.born, tc.on, got)
		}
	}
}

func TestGraceInEverySituation(t *testing.T) {
	t.Parallel()
	soon, over := noon.Add(time.Hour), noon
	for name, tc := range map[string]struct {
		a      Account
		ok     bool
		want   standingChange
		listed bool
		grace  *time.Time
	}{
		"reaches the floor":            {Account{Source: SourceVerified}, true, becameListed, true, nil},
		"stays above":                  {Account{Source: SourceVerified, Listed: true}, true, standingUnchanged, true, nil},
		"falls":                        {Account{Source: SourceVerified, Listed: true}, false, graceStarted, true, new(noon.Add(GracePeriod))},
		"stays in its grace":           {Account{Source: SourceVerified, Listed: true, GraceUntil: &soon}, false, standingUnchanged, true, &soon},
		"rises within its grace":       {Account{Source: SourceVerified, Listed: true, GraceUntil: &soon}, true, graceCancelled, true, nil},
		"the grace is over":            {Account{Source: SourceVerified, Listed: true, GraceUntil: &over}, false, graceExpired, false, nil},
		"was never listed":             {Account{Source: SourceVerified}, false, standingUnchanged, false, nil},
		"imported falls at once":       {Account{Source: SourceImported, Listed: true}, false, unlistedAtOnce, false, nil},
		"figures that were purged":     {Account{Source: SourceVerified, PurgedAt: &over}, true, standingUnchanged, false, nil},
		"unlisted with a grace's rest": {Account{Source: SourceVerified, GraceUntil: &soon}, false, unlistedAtOnce, false, nil},
	} {
		a := tc.a
		if got := a.updateGracePeriod(tc.ok, noon); got != tc.want || a.Listed != tc.listed || compareTimes(a.GraceUntil, tc.grace) != 0 {
			t.Errorf("%s: %q, listed %t until %v", name, got, a.Listed, a.GraceUntil)
		}
	}
}

func TestGuards(t *testing.T) {
	t.Parallel()
	g := CreatorLimits{
		Minimums:          []MinimumFee{{Format: "video", Currency: "EUR", Minor: 10_000}, {Format: "video", Currency: "USD", Minor: 12_000}, {Format: "story", Currency: "EUR", Minor: 3_000}},
		RefusedCategories: []string{"alcohol"}, Capacity: 3, Absences: []Absence{{FromOn: "2026-12-24", ToOn: "2026-12-31"}},
	}
	piece := func(line int, format, on string) ProposedDeliverable {
		return ProposedDeliverable{Field: DeliverableFieldName(line), Format: format, DueOn: day(on)}
	}
	again := func(p ProposedDeliverable, on ...string) ProposedDeliverable {
		for _, x := range on {
			p.Again = append(p.Again, day(x))
		}
		return p
	}
	eur := func(minor int64) models.Money { return models.Money{Minor: minor, Currency: "EUR"} }
	for name, tc := range map[string]struct {
		ask  ProposedWork
		busy map[string]int64
		want string
	}{
		"within":              {ProposedWork{"food", eur(13_000), []ProposedDeliverable{piece(0, "video", "2026-12-01"), piece(1, "story", "2026-12-23")}}, nil, ""},
		"a cent too little":   {ProposedWork{"food", eur(12_999), []ProposedDeliverable{piece(0, "video", "2026-12-01"), piece(1, "story", "2026-12-23")}}, nil, "fee:fee"},
		"in kind alone":       {ProposedWork{"food", eur(0), []ProposedDeliverable{piece(0, "story", "2026-12-01")}}, nil, "fee:fee"},
		"no minimum for it":   {ProposedWork{"food", eur(0), []ProposedDeliverable{piece(0, "live", "2026-12-01")}}, nil, ""},
		"the second currency": {ProposedWork{"food", models.Money{Minor: 12_000, Currency: "USD"}, []ProposedDeliverable{piece(0, "video", "2026-12-01")}}, nil, ""},
		"another currency":    {ProposedWork{"food", models.Money{Minor: 99_000, Currency: "GBP"}, []ProposedDeliverable{piece(0, "video", "2026-12-01")}}, nil, "currency:currency"},
		"refused":             {ProposedWork{"alcohol", eur(10_000), []ProposedDeliverable{piece(0, "video", "2026-12-01")}}, nil, "category:category"},
		"no category":         {ProposedWork{"", eur(10_000), []ProposedDeliverable{piece(0, "video", "2026-12-01")}}, nil, "category:category_needed"},
		"the first day away":  {ProposedWork{"food", eur(10_000), []ProposedDeliverable{piece(2, "video", "2026-12-24")}}, nil, "deliverables[2].due_on:away"},
		"the last day away":   {ProposedWork{"food", eur(10_000), []ProposedDeliverable{piece(0, "video", "2026-12-31")}}, nil, "deliverables[0].due_on:away"},
		"back":                {ProposedWork{"food", eur(10_000), []ProposedDeliverable{piece(0, "video", "2027-01-01")}}, nil, ""},
		"the last place":      {ProposedWork{"food", eur(10_000), []ProposedDeliverable{piece(0, "video", "2026-12-01")}}, map[string]int64{"2026-12": 2, "2026-11": 9}, ""},
		"full":                {ProposedWork{"food", eur(10_000), []ProposedDeliverable{piece(0, "video", "2026-12-01")}}, map[string]int64{"2026-12": 3}, "deliverables[0].due_on:capacity"},
		"too many at once": {ProposedWork{"food", eur(20_000), []ProposedDeliverable{piece(0, "video", "2026-12-01"), piece(1, "video", "2026-12-02")}}, map[string]int64{"2026-12": 2},
			"deliverables[1].due_on:capacity"},
		"a later month is full": {ProposedWork{"food", eur(20_000), []ProposedDeliverable{again(piece(0, "video", "2026-11-30"), "2027-01-01", "2027-01-30"), again(piece(1, "video", "2026-12-01"), "2027-01-02")}}, map[string]int64{"2027-01": 1},
			"deliverables[1].due_on:capacity_again"},
		"away in a later month": {ProposedWork{"food", eur(10_000), []ProposedDeliverable{again(piece(0, "video", "2026-11-25"), "2026-12-25")}}, nil, "deliverables[0].due_on:away_again"},
		"the first says why":    {ProposedWork{"food", eur(10_000), []ProposedDeliverable{again(piece(0, "video", "2026-12-24"), "2027-01-24")}}, map[string]int64{"2027-01": 3}, "deliverables[0].due_on:away"},
	} {
		var got []string
		for _, w := range g.CheckProposedWork(tc.ask, tc.busy) {
			got = append(got, w.Field+":"+strings.TrimPrefix(w.Key, "creators.guard."))
		}
		if strings.Join(got, " ") != tc.want {
			t.Errorf("%s: %v, want %s", name, got, tc.want)
		}
	}
	if wrong := (CreatorLimits{}).CheckProposedWork(ProposedWork{Fee: eur(0), Deliverables: []ProposedDeliverable{piece(0, "video", "2026-12-01")}}, map[string]int64{"2026-12": 99}); len(wrong) > 0 {
		t.Errorf("without guards: %v", wrong)
	}
}

// caseOf is the case of a signal, with ! where it is unusual.
func caseOf(signals []TrustSignal, name string) string {
	for _, s := range signals {
		if s.Name == name {
			if s.Unusual {
				return s.Case + "!"
			}
			return s.Case
		}
	}
	return ""
}

func TestSignals(t *testing.T) {
	t.Parallel()
	snaps := func(rows ...any) []AccountSnapshot {
		var all []AccountSnapshot
		for i := 0; i < len(rows); i += 3 {
			s := AccountSnapshot{Day: models.DateOf(noon.AddDate(0, 0, -rows[i].(int))).String(), Followers: int64(rows[i+1].(int))}
			if v := rows[i+2].(int); v >= 0 {
				s.Views30 = new(int64(v))
			}
			all = append(all, s)
		}
		return all
	}
	verified := Account{Platform: platform.TikTok, Source: SourceVerified, AsOf: noon, Figures: Figures{Basis: BasisPosts, Sample: new(int64(12)), EngagementPPM: new(int64(50_000))}}
	band := []EngagementBand{{platform.TikTok, TierMicro, "foodtok", 30, 20_000, 80_000}}
	with := func(change func(*Account)) Account { a := verified; change(&a); return a }
	for name, tc := range map[string]struct {
		e          TrustEvidence
		what, want string
	}{
		"fresh":                 {TrustEvidence{Account: verified}, "source", "verified"},
		"old":                   {TrustEvidence{Account: with(func(a *Account) { a.AsOf = noon.Add(-StaleAfter - time.Second) })}, "source", "verified_old!"},
		"imported":              {TrustEvidence{Account: with(func(a *Account) { a.Source = SourceImported })}, "source", "imported!"},
		"enough posts":          {TrustEvidence{Account: verified, MayDeriveFigures: true}, "sample", "enough"},
		"few posts":             {TrustEvidence{Account: with(func(a *Account) { a.Sample = new(int64(SmallSampleSize - 1)) }), MayDeriveFigures: true}, "sample", "small!"},
		"an unknown number":     {TrustEvidence{Account: with(func(a *Account) { a.Sample = nil }), MayDeriveFigures: true}, "sample", "unknown!"},
		"nothing to compare":    {TrustEvidence{Account: verified}, "band", "none"},
		"inside the band":       {TrustEvidence{Account: verified, Bands: band}, "band", "within"},
		"at its lower end":      {TrustEvidence{Account: with(func(a *Account) { a.EngagementPPM = new(int64(20_000)) }), Bands: band}, "band", "within"},
		"below it":              {TrustEvidence{Account: with(func(a *Account) { a.EngagementPPM = new(int64(19_999)) }), Bands: band}, "band", "below!"},
		"above it":              {TrustEvidence{Account: with(func(a *Account) { a.EngagementPPM = new(int64(80_001)) }), Bands: band}, "band", "above!"},
		"no rate, no band":      {TrustEvidence{Account: with(func(a *Account) { a.EngagementPPM = nil }), Bands: band}, "band", ""},
		"one reading":           {TrustEvidence{Account: verified, MayDeriveFigures: true, Snapshots: snaps(1, 10_000, 500)}, "jump", "unknown"},
		"steady":                {TrustEvidence{Account: verified, MayDeriveFigures: true, Snapshots: snaps(7, 10_000, 500, 0, 11_999, 500)}, "jump", "none"},
		"a jump alone":          {TrustEvidence{Account: verified, MayDeriveFigures: true, Snapshots: snaps(7, 10_000, 1000, 0, 12_000, 1049)}, "jump", "unfollowed!"},
		"a jump with views":     {TrustEvidence{Account: verified, MayDeriveFigures: true, Snapshots: snaps(7, 10_000, 1000, 0, 12_000, 1050)}, "jump", "followed"},
		"views not known":       {TrustEvidence{Account: verified, MayDeriveFigures: true, Snapshots: snaps(7, 10_000, -1, 0, 12_000, 900)}, "jump", "alone!"},
		"too slow for a jump":   {TrustEvidence{Account: verified, MayDeriveFigures: true, Snapshots: snaps(8, 10_000, 1000, 0, 12_000, 1000)}, "jump", "none"},
		"too few for a jump":    {TrustEvidence{Account: verified, MayDeriveFigures: true, Snapshots: snaps(7, 1_000, 1000, 0, 1_999, 1000)}, "jump", "none"},
		"long ago":              {TrustEvidence{Account: verified, MayDeriveFigures: true, Snapshots: snaps(98, 10_000, 1000, 92, 20_000, 1000, 1, 20_000, 1000)}, "jump", "none"},
		"YouTube shows no jump": {TrustEvidence{Account: verified, Snapshots: snaps(7, 10_000, 1000, 0, 20_000, 1000)}, "jump", ""},
	} {
		if got := caseOf(tc.e.TrustSignals(noon), tc.what); got != tc.want {
			t.Errorf("%s: %s is %q, want %q", name, tc.what, got, tc.want)
		}
	}
}

func TestABandIsThePercentilesOfThirtyOrMore(t *testing.T) {
	t.Parallel()
	var rates []int64
	for i := range int64(minBandAccounts) {
		rates = append(rates, 30-i)
	}
	if _, ok := computeBand(slices.Clone(rates[1:])); ok {
		t.Error("29 make a band")
	}
	if b, ok := computeBand(rates); !ok || b.LowPPM != 3 || b.HighPPM != 27 || b.Accounts != 30 {
		t.Errorf("of 1 to 30: %+v", b)
	}
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(rapid.Int64Range(0, 1_000_000), minBandAccounts, 200).Draw(t, "rates")
		b, _ := computeBand(all)
		within := 0
		for _, r := range all {
			if b.LowPPM <= r && r <= b.HighPPM {
				within++
			}
		}
		if b.LowPPM > b.HighPPM || within*10 < len(all)*8 {
			t.Fatalf("%d of %d within %+v", within, len(all), b)
		}
	})
}

// TestWhatEachPlatformGives is the table of which figures a platform's counts
// become.
func TestWhatEachPlatformGives(t *testing.T) {
	t.Parallel()
	var posts []Post
	for i := range 6 {
		p := post(3+i, 1000, 80, 15, 5)
		posts = append(posts, p)
	}
	strip := func(change func(*Post)) []Post {
		all := slices.Clone(posts)
		for i := range all {
			change(&all[i])
		}
		return all
	}
	noShares := strip(func(p *Post) { p.Shares = nil })
	viewsOnly := strip(func(p *Post) { p.Likes, p.Comments, p.Shares = nil, nil, nil })
	for _, tc := range []struct {
		platform string
		accepted bool
		posts    []Post
		want     string // sample, engagement, median, mean views, mean shares
	}{
		{platform.TikTok, false, posts, "6 100000 1000 1000 5"},
		{platform.TikTok, false, noShares, "0 - - - -"},
		{platform.Instagram, false, posts, "6 100000 1000 1000 5"},
		{platform.YouTube, false, noShares, "6 - - - -"},
		{platform.YouTube, false, posts, "6 - - - -"},
		{platform.YouTube, true, noShares, "6 95000 1000 1000 -"},
		{platform.YouTube, true, viewsOnly, "0 - - - -"},
		{platform.Twitch, false, viewsOnly, "6 - 1000 1000 -"},
		{platform.Twitch, true, viewsOnly, "6 - 1000 1000 -"},
	} {
		f := figureFormulaFor(tc.platform, tc.accepted).computeFigures(tc.posts, noon)
		got := ""
		for _, n := range []*int64{f.Sample, f.EngagementPPM, f.MedianViews, f.MeanViews, f.MeanShares} {
			if n == nil {
				got += " -"
			} else {
				got += fmt.Sprint(" ", *n)
			}
		}
		if got[1:] != tc.want {
			t.Errorf("%s, accepted %t: %s, want %s", tc.platform, tc.accepted, got[1:], tc.want)
		}
	}
	for platform, want := range map[string]string{platform.YouTube: "creators.no_engagement.youtube", platform.Twitch: "creators.no_engagement.twitch"} {
		if got := (Account{Platform: platform}).NoEngagementKey(); got != want {
			t.Errorf("%s says %s", platform, got)
		}
	}
	s := &Store{}
	if s.MayDeriveFigures(platform.YouTube) || !s.MayDeriveFigures(platform.TikTok) || !s.MayDeriveFigures(platform.Twitch) {
		t.Error("what may be derived without the amendment")
	}
	if s.YouTubeDerived = true; !s.MayDeriveFigures(platform.YouTube) {
		t.Error("what may be derived with it")
	}
}

func TestAnAudienceIsAtMostAllOfIt(t *testing.T) {
	t.Parallel()
	age := func(a, b string) AudienceForm {
		return AudienceForm{Shares: map[AudienceDimension]map[string]string{AudienceByAge: {"18-24": a, "25-34": b}}}
	}
	for name, tc := range map[string]struct {
		f    AudienceForm
		n    int
		want string
	}{
		"all":           {age("60", "40"), 2, ""},
		"parts":         {age("12,5", " "), 1, ""},
		"more than all": {age("60", "40.1"), 0, "audience_age_25_34:percent_sum"},
		"one alone":     {age("101", ""), 0, "audience_age_18_24:percent"},
		"words":         {age("half", ""), 0, "audience_age_18_24:percent"},
		"a country twice": {AudienceForm{Countries: []CountryShareForm{{"FR", "10"}, {"FR", "20"}}}, 0,
			"audience_country_2:country_twice"},
	} {
		shares, err := tc.f.parseParts()
		got := ""
		if e, ok := err.(*models.Error); ok { //nolint:errorlint // as Fields.Err makes it
			got = e.Fields[0].Field + ":" + strings.TrimPrefix(e.Fields[0].Key, "creators.error.")
		}
		if got != tc.want || err == nil && len(shares) != tc.n {
			t.Errorf("%s: %v, %v", name, shares, err)
		}
	}
}

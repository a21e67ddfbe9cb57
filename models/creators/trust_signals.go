package creators

import (
	"slices"
	"time"

	"tribemarket/models"
)

// The thresholds of the signals. A signal is a reason to look, never an
// accusation: each has harmless causes, which are shown with it.
const (
	// JumpWindow is the period within which a rise counts as a jump: bought
	// followers arrive within days, while a run of good posts takes weeks.
	JumpWindow = 7 * 24 * time.Hour
	// MinJumpPPM and MinJumpFollowers are the least rise that counts as a jump:
	// a fifth of the followers in a week, which is ten times what most accounts
	// of this size grow in a month, and a minimum number.
	MinJumpPPM       PPM   = 200_000
	MinJumpFollowers int64 = 1_000
	// MinFollowedViewsPPM is the least rise of the views of 30 days if the new
	// followers are people who watch: a quarter of a jump.
	MinFollowedViewsPPM PPM = 50_000
	// JumpMemory is how long a jump is shown: as long as growth is.
	JumpMemory = 90 * 24 * time.Hour
	// SmallSampleSize is the number of posts below which a single one can move the
	// rate by more than a tenth.
	SmallSampleSize = 10
)

// PPM is a share in millionths, which pages show in per cent.
type PPM int64

// TrustSignal is something to know about how far figures can be trusted: a
// sentence with figures and, if it is unusual, why it may be harmless.
type TrustSignal struct {
	Name    string // source, figures, jump, band or sample
	Case    string // which of its sentences
	Unusual bool
	Args    []any // of the sentence: names and values, including PPM and models.Date
}

// TrustEvidence is what the signals are computed from.
type TrustEvidence struct {
	Account          Account
	Snapshots        []AccountSnapshot // by day
	Bands            []EngagementBand
	MayDeriveFigures bool // figures may be derived from the platform's counts
}

// TrustSignals returns all signals for an account, in a fixed order.
func (e TrustEvidence) TrustSignals(now time.Time) []TrustSignal {
	return slices.Concat(e.sourceSignals(now), e.sampleSignals(), e.bandSignals(), e.jumpSignals(now))
}

// sourceSignals tells where followers and figures come from, and how old they are.
func (e TrustEvidence) sourceSignals(now time.Time) []TrustSignal {
	a := e.Account
	kind := string(a.Source)
	if a.IsStale(now) {
		kind += "_old"
	}
	all := []TrustSignal{{Name: "source", Case: kind, Unusual: a.Source != SourceVerified || a.IsStale(now), Args: []any{"day", models.DateOf(a.AsOf.UTC()), "platform", a.Platform}}}
	if a.FiguresAsOf != nil && models.DateOf(a.FiguresAsOf.UTC()) != models.DateOf(a.AsOf.UTC()) {
		all = append(all, TrustSignal{Name: "figures", Case: "other_day", Args: []any{"day", models.DateOf(a.FiguresAsOf.UTC())}})
	}
	if a.ImplausibleLikes() {
		all = append(all, TrustSignal{Name: "figures", Case: "more_likes_than_views", Unusual: true, Args: []any{"likes", *a.MeanLikes, "views", *a.MeanViews}})
	}
	return all
}

// sampleSignals tells how many posts the figures come from.
func (e TrustEvidence) sampleSignals() []TrustSignal {
	a := e.Account
	switch {
	case !e.MayDeriveFigures || a.Basis == BasisNone:
		return nil
	case a.Sample == nil:
		return []TrustSignal{{Name: "sample", Case: "unknown", Unusual: true}}
	case *a.Sample < SmallSampleSize:
		return []TrustSignal{{Name: "sample", Case: "small", Unusual: true, Args: []any{"n", *a.Sample}}}
	}
	return []TrustSignal{{Name: "sample", Case: "enough", Args: []any{"n", *a.Sample}}}
}

// bandSignals tells whether the engagement rate is within the band of the same
// platform, tier and tribe.
func (e TrustEvidence) bandSignals() []TrustSignal {
	a := e.Account
	if a.EngagementPPM == nil {
		return nil
	}
	if len(e.Bands) == 0 {
		return []TrustSignal{{Name: "band", Case: "none", Args: []any{"least", minBandAccounts}}}
	}
	b := e.Bands[0]
	position := b.Position(*a.EngagementPPM)
	return []TrustSignal{{Name: "band", Case: position, Unusual: position != WithinBand, Args: []any{
		"rate", PPM(*a.EngagementPPM), "low", PPM(b.LowPPM), "high", PPM(b.HighPPM), "accounts", b.Accounts, "platform", b.Platform, "tier", string(b.Tier), "tribe", b.Tribe,
	}}}
}

// jumpSignals finds the latest jump in followers that was not matched by views.
func (e TrustEvidence) jumpSignals(now time.Time) []TrustSignal {
	if !e.MayDeriveFigures || e.Account.Source != SourceVerified {
		return nil
	}
	if len(e.Snapshots) < 2 {
		return []TrustSignal{{Name: "jump", Case: "unknown"}}
	}
	for j := len(e.Snapshots) - 1; j > 0; j-- {
		to := e.Snapshots[j]
		last, err := models.ParseDate(to.Day)
		if err != nil || now.Sub(last.StartIn(time.UTC)) > JumpMemory {
			continue
		}
		for i := j - 1; i >= 0; i-- {
			from := e.Snapshots[i]
			first, err := models.ParseDate(from.Day)
			if err != nil || last.StartIn(time.UTC).Sub(first.StartIn(time.UTC)) > JumpWindow {
				break
			}
			rise, ok := risePPM(from.Followers, to.Followers)
			if !ok || rise < MinJumpPPM || to.Followers-from.Followers < MinJumpFollowers {
				continue
			}
			args := []any{"from", first, "to", last, "before", from.Followers, "after", to.Followers, "rise", rise}
			if from.Views30 == nil || to.Views30 == nil {
				return []TrustSignal{{Name: "jump", Case: "alone", Unusual: true, Args: args}}
			}
			views, _ := risePPM(*from.Views30, *to.Views30)
			if views < MinFollowedViewsPPM {
				return []TrustSignal{{Name: "jump", Case: "unfollowed", Unusual: true, Args: append(args, "views_before", *from.Views30, "views_after", *to.Views30)}}
			}
			return []TrustSignal{{Name: "jump", Case: "followed", Args: append(args, "views_before", *from.Views30, "views_after", *to.Views30)}}
		}
	}
	return []TrustSignal{{Name: "jump", Case: "none", Args: []any{"days", int(JumpWindow / (24 * time.Hour)), "most", MinJumpPPM}}}
}

// risePPM is the growth of a number, in millionths of its old value.
func risePPM(before, after int64) (PPM, bool) {
	if after <= before {
		return 0, before > 0
	}
	if before <= 0 {
		return 0, false
	}
	r := Ratio(after-before, before, wholePPM)
	if r == nil {
		return 0, false
	}
	return PPM(*r), true
}

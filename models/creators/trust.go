package creators

import (
	"slices"
	"time"

	"tribemarket/models"
)

// The thresholds of the signals. A signal is a reason to look, and never an
// accusation: each has harmless causes, which stand beside it.
const (
	// JumpWithin is within how long a rise counts as a jump: bought followers
	// come within days, while a run of good posts takes weeks.
	JumpWithin = 7 * 24 * time.Hour
	// JumpPPM and JumpLeast are how large a rise is a jump: a fifth of the
	// followers in a week, ten times what most accounts of this size grow in a
	// month, and no small number.
	JumpPPM   PPM   = 200_000
	JumpLeast int64 = 1_000
	// JumpFollowedPPM is by how much the views of 30 days rise at least where the
	// new followers are people who watch: a quarter of a jump.
	JumpFollowedPPM PPM = 50_000
	// JumpMemory is how long a jump is told of: as long as growth is shown.
	JumpMemory = 90 * 24 * time.Hour
	// SmallSample is under how many posts one of them can move the rate by more
	// than a tenth.
	SmallSample = 10
)

// PPM is a share in millionths, which pages write in per cent.
type PPM int64

// Signal is something that is known of how far figures can be trusted: a
// sentence with its figures, and, where it is unusual, why it may be harmless.
type Signal struct {
	Name    string // source, figures, jump, band or sample
	Case    string // which sentence of it
	Unusual bool
	Args    []any // of the sentences: names and values, PPM and models.Date among them
}

// Evidence is what the signals are computed from.
type Evidence struct {
	Account   Account
	Snapshots []Snapshot // by day
	Bands     []EngagementBand
	Derives   bool // figures may be made from the platform's counts
}

// Signals are all that can be said of an account now, in a fixed order.
func (e Evidence) Signals(now time.Time) []Signal {
	return slices.Concat(e.source(now), e.sample(), e.band(), e.jump(now))
}

// source says where followers and figures come from, and how old they are.
func (e Evidence) source(now time.Time) []Signal {
	a := e.Account
	kind := string(a.Source)
	if a.Stale(now) {
		kind += "_old"
	}
	all := []Signal{{Name: "source", Case: kind, Unusual: a.Source != Verified || a.Stale(now), Args: []any{"day", models.DateOf(a.AsOf.UTC()), "platform", a.Platform}}}
	if a.FiguresAsOf != nil && models.DateOf(a.FiguresAsOf.UTC()) != models.DateOf(a.AsOf.UTC()) {
		all = append(all, Signal{Name: "figures", Case: "other_day", Args: []any{"day", models.DateOf(a.FiguresAsOf.UTC())}})
	}
	return all
}

// sample says from how many posts the figures come.
func (e Evidence) sample() []Signal {
	a := e.Account
	switch {
	case !e.Derives || a.Basis == BasisNone:
		return nil
	case a.Sample == nil:
		return []Signal{{Name: "sample", Case: "unknown", Unusual: true}}
	case *a.Sample < SmallSample:
		return []Signal{{Name: "sample", Case: "small", Unusual: true, Args: []any{"n", *a.Sample}}}
	}
	return []Signal{{Name: "sample", Case: "enough", Args: []any{"n", *a.Sample}}}
}

// band says whether the engagement rate is one that most accounts of the same
// platform, tier and tribe have.
func (e Evidence) band() []Signal {
	a := e.Account
	if a.EngagementPPM == nil {
		return nil
	}
	if len(e.Bands) == 0 {
		return []Signal{{Name: "band", Case: "none", Args: []any{"least", bandLeast}}}
	}
	b := e.Bands[0]
	s := Signal{Name: "band", Case: "within", Args: []any{
		"rate", PPM(*a.EngagementPPM), "low", PPM(b.LowPPM), "high", PPM(b.HighPPM), "accounts", b.Accounts, "platform", b.Platform, "tier", string(b.Tier), "tribe", b.Tribe,
	}}
	switch {
	case *a.EngagementPPM < b.LowPPM:
		s.Case, s.Unusual = "below", true
	case *a.EngagementPPM > b.HighPPM:
		s.Case, s.Unusual = "above", true
	}
	return []Signal{s}
}

// jump finds the latest rise of followers that views didn't follow.
func (e Evidence) jump(now time.Time) []Signal {
	if !e.Derives || e.Account.Source != Verified {
		return nil
	}
	if len(e.Snapshots) < 2 {
		return []Signal{{Name: "jump", Case: "unknown"}}
	}
	for j := len(e.Snapshots) - 1; j > 0; j-- {
		to := e.Snapshots[j]
		last, err := models.ParseDate(to.Day)
		if err != nil || now.Sub(last.In(time.UTC)) > JumpMemory {
			continue
		}
		for i := j - 1; i >= 0; i-- {
			from := e.Snapshots[i]
			first, err := models.ParseDate(from.Day)
			if err != nil || last.In(time.UTC).Sub(first.In(time.UTC)) > JumpWithin {
				break
			}
			rise, ok := rose(from.Followers, to.Followers)
			if !ok || rise < JumpPPM || to.Followers-from.Followers < JumpLeast {
				continue
			}
			args := []any{"from", first, "to", last, "before", from.Followers, "after", to.Followers, "rise", rise}
			if from.Views30 == nil || to.Views30 == nil {
				return []Signal{{Name: "jump", Case: "alone", Unusual: true, Args: args}}
			}
			views, _ := rose(*from.Views30, *to.Views30)
			if views < JumpFollowedPPM {
				return []Signal{{Name: "jump", Case: "unfollowed", Unusual: true, Args: append(args, "views_before", *from.Views30, "views_after", *to.Views30)}}
			}
			return []Signal{{Name: "jump", Case: "followed", Args: append(args, "views_before", *from.Views30, "views_after", *to.Views30)}}
		}
	}
	return []Signal{{Name: "jump", Case: "none", Args: []any{"days", int(JumpWithin / (24 * time.Hour)), "most", JumpPPM}}}
}

// rose is by how much a number grew, in millionths of what it was.
func rose(before, after int64) (PPM, bool) {
	if after <= before {
		return 0, before > 0
	}
	if before <= 0 {
		return 0, false
	}
	r := Ratio(after-before, before, whole)
	if r == nil {
		return 0, false
	}
	return PPM(*r), true
}

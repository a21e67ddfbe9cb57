package creators

// EngagementTotals are the numbers of an engagement rate's formula: likes, comments and
// shares together, and views.
type EngagementTotals struct{ Reactions, Views int64 }

// engagementTotals finds the numbers that the account's rate was computed from: the
// imported means, or the posts. It is nil unless they give exactly that rate, since posts
// may have been read again or deleted.
func (a Account) engagementTotals(posts []Post, rule figureFormula) *EngagementTotals {
	if a.EngagementPPM == nil {
		return nil
	}
	var s EngagementTotals
	switch {
	case a.Basis == BasisMean && a.MeanViews != nil:
		for _, n := range []*int64{a.MeanLikes, a.MeanComments, a.MeanShares} {
			if n != nil {
				s.Reactions += *n
			}
		}
		s.Views = *a.MeanViews
	case a.Basis == BasisPosts && a.FiguresAsOf != nil:
		for _, p := range rule.samplePosts(posts, *a.FiguresAsOf) {
			s.Views += *p.Views
			for i, n := range []*int64{p.Likes, p.Comments, p.Shares} {
				if n != nil && []bool{rule.countsLikes, rule.countsComments, rule.countsShares}[i] {
					s.Reactions += *n
				}
			}
		}
	}
	if r := Ratio(s.Reactions, s.Views, 1_000_000); r == nil || *r != *a.EngagementPPM {
		return nil
	}
	return &s
}

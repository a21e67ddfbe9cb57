package creators

import (
	"testing"

	"tribemarket/models/platform"
)

func TestSumsGiveTheRateOrNothing(t *testing.T) {
	t.Parallel()
	posts := []Post{post(2, 1000, 100, 10, 5), post(3, 2000, 100, 10, 5), post(4, 3000, 100, 10, 5), post(5, 4000, 100, 10, 5), post(6, 90_000, 100, 10, 5)}
	young := post(1, 5, 5, 5, 5)
	a := Account{Platform: platform.TikTok, Figures: new(Store).ComputeFigures(platform.TikTok, posts, noon)}
	if s := a.engagementTotals(append([]Post{young}, posts...), figureFormulaFor(platform.TikTok, false)); s == nil || *s != (EngagementTotals{575, 100_000}) {
		t.Errorf("the sums are %+v", s)
	}
	if s := a.engagementTotals(posts[:4], figureFormulaFor(platform.TikTok, false)); s != nil {
		t.Errorf("with a post gone they are %+v", s)
	}
	if s := (Account{Figures: new(Store).ComputeFigures(platform.TikTok, posts[:4], noon)}).engagementTotals(posts[:4], figureFormulaFor(platform.TikTok, false)); s != nil {
		t.Errorf("without a rate they are %+v", s)
	}
	mean := Account{Figures: Figures{Basis: BasisMean, MeanViews: new(int64(2000)), MeanLikes: new(int64(100)), MeanComments: new(int64(7)), EngagementPPM: new(int64(53_500))}}
	if s := mean.engagementTotals(nil, figureFormulaFor(platform.TikTok, false)); s == nil || *s != (EngagementTotals{107, 2000}) {
		t.Errorf("of means they are %+v", s)
	}
}

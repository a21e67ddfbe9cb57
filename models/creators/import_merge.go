package creators

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"tribemarket/models/platform"

	"tribemarket/models/places"
)

// mergeAccountRow applies what a row says about an account, where it is newer than
// what is known, and says whether anything changed. The order of rows doesn't matter. An
// export of the site has one date for all that it says, and changes nothing of that age.
func (a *Account) mergeAccountRow(r *ImportedRow) bool {
	if r.OwnExport && !r.AsOf.After(a.AsOf) {
		return false
	}
	changed := a.mergeCounts(r)
	if r.Means.Basis != "" && a.mergeMeans(r.Means, r.AsOf) {
		changed = true
	}
	if isNewer(r.AsOf, a.NameAsOf, r.Name, a.Name) {
		a.Name, a.NameAsOf, changed = r.Name, &r.AsOf, true
	}
	if isNewer(r.AsOf, a.CountryAsOf, r.Country, a.Country) {
		a.Country, a.CountryAsOf, changed = r.Country, &r.AsOf, true
	}
	return changed
}

func (a *Account) mergeCounts(r *ImportedRow) bool {
	known := ImportedRow{Handle: a.Handle, Followers: a.Followers, Following: a.Following, TotalLikes: a.TotalLikes, TotalPosts: a.TotalPosts}
	if cmp.Or(r.AsOf.Compare(a.AsOf), r.compareCounts(&known)) <= 0 {
		return false
	}
	a.AsOf, a.Handle, a.URL = r.AsOf, r.Handle, platform.ProfileURL(r.Platform, r.Handle)
	a.Followers, a.Following, a.TotalLikes, a.TotalPosts = r.Followers, r.Following, r.TotalLikes, r.TotalPosts
	return true
}

// mergeMeans applies imported means; figures computed from posts win over means of
// the same age.
func (a *Account) mergeMeans(means Figures, asOf time.Time) bool {
	if a.FiguresAsOf != nil {
		age := asOf.Compare(*a.FiguresAsOf)
		if age < 0 || age == 0 && (a.Basis == BasisPosts || means.compareMeans(a.Figures) <= 0) {
			return false
		}
	}
	a.Figures = means
	a.FiguresAsOf = &asOf
	return true
}

func isNewer(asOf time.Time, known *time.Time, text, knownText string) bool {
	return text != "" && (known == nil || cmp.Or(asOf.Compare(*known), strings.Compare(text, knownText)) > 0)
}

// updateFromAccounts updates a creator's own row from the accounts. The name and country
// of a claimed profile are the creator's to set. Relist decides whether the creator is
// listed.
func (c *Creator) updateFromAccounts(accounts []*Account) {
	handles := make([]string, len(accounts))
	for i, a := range accounts {
		handles[i] = a.Handle
	}
	if !c.IsClaimed() && len(accounts) > 0 {
		named := slices.MaxFunc(accounts, func(a, b *Account) int { return compareTimes(a.NameAsOf, b.NameAsOf) })
		if c.Name = named.Name; c.Name == "" {
			c.Name = named.Handle
		}
		placed := slices.MaxFunc(accounts, func(a, b *Account) int { return compareTimes(a.CountryAsOf, b.CountryAsOf) })
		c.Country, c.Zone = placed.Country, places.TimeZoneOfCountry(placed.Country)
	}
	c.SearchText = c.searchText(handles)
}

func compareTimes(a, b *time.Time) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return 1
	}
	return a.Compare(*b)
}

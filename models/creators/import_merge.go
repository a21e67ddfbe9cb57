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
// what is known, and says whether anything changed. The order of rows doesn't matter.
func (a *Account) mergeAccountRow(s importRow) bool {
	changed := a.mergeCounts(s)
	if s.means.Basis != "" && a.mergeMeans(s.means, s.asOf) {
		changed = true
	}
	if isNewer(s.asOf, a.NameAsOf, s.name, a.Name) {
		a.Name, a.NameAsOf, changed = s.name, &s.asOf, true
	}
	if isNewer(s.asOf, a.CountryAsOf, s.country, a.Country) {
		a.Country, a.CountryAsOf, changed = s.country, &s.asOf, true
	}
	return changed
}

func (a *Account) mergeCounts(s importRow) bool {
	known := importRow{handle: a.Handle, followers: a.Followers, following: a.Following, likes: a.TotalLikes, posts: a.TotalPosts}
	heard := importRow{handle: s.handle, followers: s.followers, following: s.following, likes: s.likes, posts: s.posts}
	if cmp.Or(s.asOf.Compare(a.AsOf), heard.compareTo(known)) <= 0 {
		return false
	}
	a.AsOf, a.Handle, a.URL = s.asOf, s.handle, platform.ProfileURL(s.platform, s.handle)
	a.Followers, a.Following, a.TotalLikes, a.TotalPosts = s.followers, s.following, s.likes, s.posts
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

package creators

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"tribemarket/models/platform"
	"tribemarket/models/text"
)

// said is what one row of a file says of an account.
type said struct {
	line     int
	platform string
	handle   string
	key      string
	asOf     time.Time

	followers               int64
	following, likes, posts *int64
	means                   Figures // of a list; Basis is empty without
	name, country           string
	languages, tribes       []string
	post                    Post // of a video
}

// read understands a row; key is the reason why it has to be left out.
func (r *importRun) read(c columns, number int, cells []string) (s said, key string, args []any) {
	s.line, s.platform = number, r.o.Platform
	if name := c.text(cells, colPlatform); name != "" {
		p, ok := platform.Parse(name)
		if !ok {
			return s, "creators.import.platform", []any{"platform", text.Cut(name, 40)}
		}
		s.platform = p
	}
	if s.handle = c.handle(cells); s.handle == "" {
		return s, "creators.import.no_handle", nil
	}
	s.key = text.Fold(s.handle)
	if r.keptOut(s.platform, s.key) {
		return s, "creators.import.erased", nil
	}
	followers, err := c.count(cells, colFollowers)
	if err != nil || followers == nil {
		return s, "creators.import.no_followers", nil
	}
	s.followers = *followers
	s.following, s.likes, s.posts = c.optional(cells, colFollowing), c.optional(cells, colLikesAll), c.optional(cells, colPostsAll)
	if c.kind == KindVideos {
		return r.readPost(c, cells, s)
	}
	s.name = text.Cut(text.Line(c.text(cells, colName)), longestName)
	s.country, _ = ParseCountry(c.text(cells, colCountry))
	s.languages = c.words(cells, colLanguage, ParseLanguage)
	s.tribes = c.words(cells, colCategory, func(w string) (string, bool) {
		t, ok := r.store.Catalogue().ByCategory(w)
		return t.Slug, ok
	})
	s.means = c.means(s.platform, cells)
	return s, "", nil
}

// handle is the handle of a row, out of the column of handles or else of links.
func (c columns) handle(cells []string) string {
	for _, cell := range append(at(cells, c.at[colHandle]), at(cells, c.at[colLink])...) {
		if h, ok := platform.ParseHandle(cell); ok && !absent(cell) {
			return h
		}
	}
	return ""
}

// absent is missing for handles, of which "none" and "null" are two.
func absent(cell string) bool {
	s := strings.ToLower(strings.TrimSpace(cell))
	return missing(s) && (s == "" || strings.Trim(s, "aelnou") != "")
}

// words are what the words of one or more cells mean. A cell is one word as a
// whole if it means something, since names of categories have commas.
func (c columns) words(cells []string, col column, mean func(string) (string, bool)) []string {
	var all []string
	for _, cell := range at(cells, c.at[col]) {
		parts := []string{cell}
		if _, ok := mean(cell); !ok {
			parts = strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(",;|", r) })
		}
		for _, p := range parts {
			if w, ok := mean(p); ok && !slices.Contains(all, w) {
				all = append(all, w)
			}
		}
	}
	return all
}

// means are the averages of a list. They give a rate only if all of its counts
// are there; how many posts they come from is not known.
func (c columns) means(platform string, cells []string) Figures {
	f := Figures{
		MeanViews: c.optional(cells, colViews), MeanLikes: c.optional(cells, colLikes),
		MeanComments: c.optional(cells, colComments), MeanShares: c.optional(cells, colShares),
	}
	if f.MeanViews == nil && f.MeanLikes == nil && f.MeanComments == nil && f.MeanShares == nil {
		return Figures{}
	}
	f.Basis = BasisMean
	if HasEngagement(platform) && f.MeanViews != nil && f.MeanLikes != nil && f.MeanComments != nil && f.MeanShares != nil {
		f.EngagementPPM = Ratio(*f.MeanLikes+*f.MeanComments+*f.MeanShares, *f.MeanViews, 1_000_000)
	}
	return f
}

// readPost adds the post that a row of a per-video file is.
func (r *importRun) readPost(c columns, cells []string, s said) (said, string, []any) {
	s.post.PlatformPostID = text.Cut(text.Line(c.text(cells, colPostID)), 100)
	if s.post.PlatformPostID == "" {
		return s, "creators.import.no_post", nil
	}
	var ok bool
	if s.post.PostedAt, ok = parseInstant(c.text(cells, colPosted)); !ok {
		return s, "creators.import.no_time", nil
	}
	if s.post.PostedAt.After(r.now) {
		return s, "creators.import.future", nil
	}
	s.post.Views, s.post.Likes = c.optional(cells, colViews), c.optional(cells, colLikes)
	s.post.Comments, s.post.Shares = c.optional(cells, colComments), c.optional(cells, colShares)
	s.post.DurationS = c.optional(cells, colDuration)
	s.post.Caption = text.Cut(text.Line(c.text(cells, colCaption)), longestCaption)
	if page := platform.ProfileURL(s.platform, s.handle); s.platform == platform.TikTok && page != "" {
		s.post.URL = page + "/video/" + s.post.PlatformPostID
	}
	tags := parseTags(strings.Join(at(cells, c.at[colHashtags]), " "))
	if len(tags) == 0 {
		tags = Hashtags(s.post.Caption)
	}
	s.post.Hashtags = strings.Join(tags, " ")
	return s, "", nil
}

func at(cells []string, places []int) []string {
	var some []string
	for _, i := range places {
		if i < len(cells) {
			some = append(some, cells[i])
		}
	}
	return some
}

// compare orders what rows of one age say of an account: the one that counts
// more followers, and then whatever is larger, is the one to believe.
func (s said) compare(o said) int {
	return cmp.Or(
		cmp.Compare(s.followers, o.followers), compareCounts(s.following, o.following),
		compareCounts(s.likes, o.likes), compareCounts(s.posts, o.posts), cmp.Compare(s.handle, o.handle),
		s.means.compareMeans(o.means), cmp.Compare(s.name, o.name), cmp.Compare(s.country, o.country),
	)
}

// compareCounts holds a count that is missing for the smallest.
func compareCounts(a, b *int64) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return 1
	}
	return cmp.Compare(*a, *b)
}

func (f Figures) compareMeans(o Figures) int {
	return cmp.Or(
		compareCounts(f.MeanViews, o.MeanViews), compareCounts(f.MeanLikes, o.MeanLikes),
		compareCounts(f.MeanComments, o.MeanComments), compareCounts(f.MeanShares, o.MeanShares),
	)
}

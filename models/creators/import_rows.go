package creators

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"tribemarket/models/platform"
	"tribemarket/models/text"

	"tribemarket/models/places"
)

// importRow is what one row of a file says about an account.
type importRow struct {
	line     int
	platform string
	handle   string
	key      string
	asOf     time.Time

	followers               int64
	following, likes, posts *int64
	means                   Figures // of a list; Basis is empty without any
	name, country           string
	languages, tribes       []string
	post                    Post // of a per-video file
}

// parseRow parses a row; key is the message key of why it has to be left out.
func (r *importRun) parseRow(c importColumns, number int, cells []string) (s importRow, key string, args []any) {
	s.line, s.platform = number, r.options.Platform
	if name := c.readText(cells, columnPlatform); name != "" {
		p, ok := platform.ParseName(name)
		if !ok {
			return s, "creators.import.platform", []any{"platform", text.Truncate(name, 40)}
		}
		s.platform = p
	}
	if s.handle = c.readHandle(cells); s.handle == "" {
		return s, "creators.import.no_handle", nil
	}
	s.key = text.Fold(s.handle)
	if r.isErased(s.platform, s.key) {
		return s, "creators.import.erased", nil
	}
	followers, err := c.readCount(cells, columnFollowers)
	if err != nil || followers == nil {
		return s, "creators.import.no_followers", nil
	}
	s.followers = *followers
	s.following, s.likes, s.posts = c.readOptionalCount(cells, columnFollowing), c.readOptionalCount(cells, columnTotalLikes), c.readOptionalCount(cells, columnTotalPosts)
	if c.kind == ImportKindVideos {
		return r.parsePost(c, cells, s)
	}
	s.name = text.Truncate(text.SingleLine(c.readText(cells, columnName)), maxNameLength)
	s.country, _ = places.ParseCountry(c.readText(cells, columnCountry))
	s.languages = c.readWords(cells, columnLanguage, places.ParseLanguage)
	s.tribes = c.readWords(cells, columnCategory, func(w string) (string, bool) {
		t, ok := r.store.TribeCatalogue().TribeByCategory(w)
		return t.Slug, ok
	})
	s.means = c.readMeans(s.platform, cells)
	return s, "", nil
}

// readHandle reads a row's handle from the column of handles, or else from a link.
func (c importColumns) readHandle(cells []string) string {
	for _, cell := range append(cellsAt(cells, c.positions[columnHandle]), cellsAt(cells, c.positions[columnLink])...) {
		if h, ok := platform.ParseHandle(cell); ok && !isMissingHandle(cell) {
			return h
		}
	}
	return ""
}

// isMissingHandle is isMissingCell for handles, where "none" and "null" are real ones.
func isMissingHandle(cell string) bool {
	s := strings.ToLower(strings.TrimSpace(cell))
	return isMissingCell(s) && (s == "" || strings.Trim(s, "aelnou") != "")
}

// readWords looks up the words of one or more cells. A whole cell is tried as one
// word first, since names of categories contain commas.
func (c importColumns) readWords(cells []string, col importColumn, mean func(string) (string, bool)) []string {
	var all []string
	for _, cell := range cellsAt(cells, c.positions[col]) {
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

// readMeans reads the averages of a list. They give a rate only if all of its
// counts are there; the number of posts behind them is unknown.
func (c importColumns) readMeans(platform string, cells []string) Figures {
	f := Figures{
		MeanViews: c.readOptionalCount(cells, columnViews), MeanLikes: c.readOptionalCount(cells, columnLikes),
		MeanComments: c.readOptionalCount(cells, columnComments), MeanShares: c.readOptionalCount(cells, columnShares),
	}
	if f.MeanViews == nil && f.MeanLikes == nil && f.MeanComments == nil && f.MeanShares == nil {
		return Figures{}
	}
	f.Basis = BasisMean
	if HasEngagementRate(platform) && f.MeanViews != nil && f.MeanLikes != nil && f.MeanComments != nil && f.MeanShares != nil {
		f.EngagementPPM = Ratio(*f.MeanLikes+*f.MeanComments+*f.MeanShares, *f.MeanViews, 1_000_000)
	}
	return f
}

// parsePost adds the post of a row in a per-video file.
func (r *importRun) parsePost(c importColumns, cells []string, s importRow) (importRow, string, []any) {
	s.post.PlatformPostID = text.Truncate(text.SingleLine(c.readText(cells, columnPostID)), 100)
	if s.post.PlatformPostID == "" {
		return s, "creators.import.no_post", nil
	}
	var ok bool
	if s.post.PostedAt, ok = parseInstant(c.readText(cells, columnPostedAt)); !ok {
		return s, "creators.import.no_time", nil
	}
	if s.post.PostedAt.After(r.now) {
		return s, "creators.import.future", nil
	}
	s.post.Views, s.post.Likes = c.readOptionalCount(cells, columnViews), c.readOptionalCount(cells, columnLikes)
	s.post.Comments, s.post.Shares = c.readOptionalCount(cells, columnComments), c.readOptionalCount(cells, columnShares)
	s.post.DurationS = c.readOptionalCount(cells, columnDuration)
	s.post.Caption = text.Truncate(text.SingleLine(c.readText(cells, columnCaption)), maxCaptionLength)
	if page := platform.ProfileURL(s.platform, s.handle); s.platform == platform.TikTok && page != "" {
		s.post.URL = page + "/video/" + s.post.PlatformPostID
	}
	tags := parseHashtags(strings.Join(cellsAt(cells, c.positions[columnHashtags]), " "))
	if len(tags) == 0 {
		tags = text.FindHashtags(s.post.Caption)
	}
	s.post.Hashtags = strings.Join(tags, " ")
	return s, "", nil
}

func cellsAt(cells []string, places []int) []string {
	var some []string
	for _, i := range places {
		if i < len(cells) {
			some = append(some, cells[i])
		}
	}
	return some
}

// compareTo orders rows of the same age about one account: more followers win,
// and then larger figures.
func (s importRow) compareTo(o importRow) int {
	return cmp.Or(
		cmp.Compare(s.followers, o.followers), compareCounts(s.following, o.following),
		compareCounts(s.likes, o.likes), compareCounts(s.posts, o.posts), cmp.Compare(s.handle, o.handle),
		s.means.compareMeans(o.means), cmp.Compare(s.name, o.name), cmp.Compare(s.country, o.country),
	)
}

// compareCounts treats a missing count as the smallest.
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

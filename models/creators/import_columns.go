package creators

import (
	"slices"
	"strings"
	"unicode"

	"tribemarket/models"
	"tribemarket/models/text"
)

// The kinds of files.
const (
	ImportKindVideos = "videos"
	ImportKindList   = "list"
)

// importColumn is what a column of a file means.
type importColumn string

// The columns of both kinds, those of a post, and those of a list.
const (
	columnHandle     importColumn = "handle"
	columnLink       importColumn = "link"
	columnName       importColumn = "name"
	columnPlatform   importColumn = "platform"
	columnFollowers  importColumn = "followers"
	columnFollowing  importColumn = "following"
	columnTotalLikes importColumn = "total likes"
	columnTotalPosts importColumn = "total posts"

	columnPostID   importColumn = "post id"
	columnPostedAt importColumn = "posted at"
	columnDuration importColumn = "duration"
	columnCaption  importColumn = "caption"
	columnHashtags importColumn = "hashtags"

	columnViews    importColumn = "views"
	columnLikes    importColumn = "likes"
	columnComments importColumn = "comments"
	columnShares   importColumn = "shares"

	columnCountry  importColumn = "country"
	columnLanguage importColumn = "language"
	columnCategory importColumn = "category"
)

// headerSynonyms are the headers of each column, as normaliseHeader writes
// them. Ambiguous headers are left out: an "audience country", say, is not
// where a creator lives.
type headerSynonyms map[importColumn][]string

var accountSynonyms = headerSynonyms{
	columnHandle: {
		"handle", "username", "user name", "user", "account", "account name", "screen name", "unique id", "creator", "influencer",
		"tiktoker name", "tiktoker", "tiktok handle", "tiktok username", "instagram name", "instagram handle", "instagram username",
		"instagrammer", "youtuber", "youtube handle", "youtube username", "channel handle", "streamer", "twitch name", "twitch username",
	},
	columnPlatform:   {"platform", "network", "social network"},
	columnFollowers:  {"followers", "follower", "followers count", "follower count", "n followers", "subscribers", "subscribers count", "subscriber count", "fans", "fan count"},
	columnFollowing:  {"following", "following count", "n following", "follows"},
	columnTotalLikes: {"total likes", "n total likes", "hearts", "heart count", "total hearts", "likes total"},
	columnTotalPosts: {"total videos", "total posts", "n total vids", "n total videos", "video count", "videos count", "post count", "posts count", "media count", "uploads"},
}

var listSynonyms = headerSynonyms{
	columnLink: {"link", "url", "profile", "profile link", "profile url", "channel link", "channel url", "tiktok link", "tiktok url", "instagram link", "instagram url", "youtube link", "youtube url"},
	columnName: {"name", "display name", "full name", "nickname", "tiktok name", "influencer name", "creator name", "channel", "channel name", "title"},

	columnTotalLikes: {"likes", "likes count"},
	columnTotalPosts: {"videos", "posts"},
	columnViews:      {"views avg", "avg views", "average views", "views average", "mean views", "views mean"},
	columnLikes:      {"likes avg", "avg likes", "average likes", "likes average", "mean likes", "likes mean"},
	columnComments:   {"comments avg", "avg comments", "average comments", "comments average", "mean comments", "comments mean"},
	columnShares:     {"shares avg", "avg shares", "average shares", "shares average", "mean shares", "shares mean"},
	columnCountry:    {"country", "country code", "region", "location"},
	columnLanguage:   {"language", "languages", "lang"},
	columnCategory:   {"category", "categories", "category 1", "category 2", "category 3", "commercecategory", "commerce category", "niche", "niches", "topic", "topics", "vertical", "tribe", "tribes"},
}

var videoSynonyms = headerSynonyms{
	columnPostID:   {"id", "video id", "post id", "aweme id", "media id"},
	columnPostedAt: {"create time", "created at", "posted at", "published at", "timestamp", "date", "upload date"},
	columnDuration: {"video length", "duration", "length"},
	columnCaption:  {"caption", "description", "desc", "text"},
	columnHashtags: {"hashtags", "tags", "challenges"},
	columnViews:    {"n plays", "plays", "play count", "views", "view count", "n views", "video views"},
	columnLikes:    {"n likes", "likes", "like count", "digg count"},
	columnComments: {"n comments", "comments", "comment count"},
	columnShares:   {"n shares", "shares", "share count"},
}

// importColumns says at which positions a file has its columns. A header that
// occurs twice, as a text and as a number, has two.
type importColumns struct {
	kind      string
	positions map[importColumn][]int
	ignored   []string
}

// parseHeader recognises the kind of a file by its header.
func parseHeader(header []string) (importColumns, error) {
	videos := assignColumns(header, accountSynonyms, videoSynonyms)
	if videos.hasAll(columnPostID, columnPostedAt, columnHandle, columnFollowers, columnViews) {
		videos.kind = ImportKindVideos
		return videos, nil
	}
	list := assignColumns(header, accountSynonyms, listSynonyms)
	if !list.hasAll(columnHandle) && !list.hasAll(columnLink) {
		list.positions[columnHandle] = list.positions[columnName]
	}
	if list.hasAll(columnFollowers) && (len(list.positions[columnHandle]) > 0 || list.hasAll(columnLink)) {
		list.kind = ImportKindList
		return list, nil
	}
	return importColumns{}, headerError("")
}

func assignColumns(header []string, known ...headerSynonyms) importColumns {
	c := importColumns{positions: map[importColumn][]int{}}
	for i, h := range header {
		words, found := normaliseHeader(h), false
		for _, all := range known {
			for col, names := range all {
				if !found && slices.Contains(names, words) {
					c.positions[col], found = append(c.positions[col], i), true
				}
			}
		}
		if !found && words != "" {
			c.ignored = append(c.ignored, strings.Join(strings.Fields(h), " "))
		}
	}
	return c
}

func (c importColumns) hasAll(all ...importColumn) bool {
	for _, col := range all {
		if len(c.positions[col]) == 0 {
			return false
		}
	}
	return true
}

// normaliseHeader reduces a header to its letters and digits for comparing.
func normaliseHeader(h string) string {
	return strings.Join(strings.FieldsFunc(text.Fold(h), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// headerError says which headers are known; file "" is filled in by the reader.
func headerError(file string) *models.Error {
	names := func(all headerSynonyms, cols ...importColumn) string {
		firsts := make([]string, len(cols))
		for i, c := range cols {
			firsts[i] = all[c][0]
		}
		return strings.Join(firsts, ", ")
	}
	e := &models.Error{Code: models.CodeInvalid, Key: "creators.import.header", Args: []any{
		"videos", names(videoSynonyms, columnPostID, columnPostedAt) + ", " + names(accountSynonyms, columnHandle, columnFollowers) + ", " +
			names(videoSynonyms, columnViews, columnLikes, columnComments, columnShares, columnHashtags),
		"list", names(accountSynonyms, columnHandle, columnFollowers) + ", " +
			names(listSynonyms, columnName, columnLink, columnViews, columnLikes, columnComments, columnShares, columnCountry, columnLanguage, columnCategory),
	}}
	if file != "" {
		e.Args = append([]any{"file", file}, e.Args...)
	}
	return e
}

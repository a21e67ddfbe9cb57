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
	KindVideos = "videos"
	KindList   = "list"
)

// column is what a column of a file means.
type column string

// The columns of both kinds, those of a post, and those of a list.
const (
	colHandle    column = "handle"
	colLink      column = "link"
	colName      column = "name"
	colPlatform  column = "platform"
	colFollowers column = "followers"
	colFollowing column = "following"
	colLikesAll  column = "total likes"
	colPostsAll  column = "total posts"

	colPostID   column = "post id"
	colPosted   column = "posted at"
	colDuration column = "duration"
	colCaption  column = "caption"
	colHashtags column = "hashtags"

	colViews    column = "views"
	colLikes    column = "likes"
	colComments column = "comments"
	colShares   column = "shares"

	colCountry  column = "country"
	colLanguage column = "language"
	colCategory column = "category"
)

// synonyms are the headers, as headerWords writes them, of each column. A
// column that could be two things is in neither: an "audience country", say,
// is not where a creator lives.
type synonyms map[column][]string

var accountSynonyms = synonyms{
	colHandle: {
		"handle", "username", "user name", "user", "account", "account name", "screen name", "unique id", "creator", "influencer",
		"tiktoker name", "tiktoker", "tiktok handle", "tiktok username", "instagram name", "instagram handle", "instagram username",
		"instagrammer", "youtuber", "youtube handle", "youtube username", "channel handle", "streamer", "twitch name", "twitch username",
	},
	colPlatform:  {"platform", "network", "social network"},
	colFollowers: {"followers", "follower", "followers count", "follower count", "n followers", "subscribers", "subscribers count", "subscriber count", "fans", "fan count"},
	colFollowing: {"following", "following count", "n following", "follows"},
	colLikesAll:  {"total likes", "n total likes", "hearts", "heart count", "total hearts", "likes total"},
	colPostsAll:  {"total videos", "total posts", "n total vids", "n total videos", "video count", "videos count", "post count", "posts count", "media count", "uploads"},
}

var listSynonyms = synonyms{
	colLink: {"link", "url", "profile", "profile link", "profile url", "channel link", "channel url", "tiktok link", "tiktok url", "instagram link", "instagram url", "youtube link", "youtube url"},
	colName: {"name", "display name", "full name", "nickname", "tiktok name", "influencer name", "creator name", "channel", "channel name", "title"},

	colLikesAll: {"likes", "likes count"},
	colPostsAll: {"videos", "posts"},
	colViews:    {"views avg", "avg views", "average views", "views average", "mean views", "views mean"},
	colLikes:    {"likes avg", "avg likes", "average likes", "likes average", "mean likes", "likes mean"},
	colComments: {"comments avg", "avg comments", "average comments", "comments average", "mean comments", "comments mean"},
	colShares:   {"shares avg", "avg shares", "average shares", "shares average", "mean shares", "shares mean"},
	colCountry:  {"country", "country code", "region", "location"},
	colLanguage: {"language", "languages", "lang"},
	colCategory: {"category", "categories", "category 1", "category 2", "category 3", "commercecategory", "commerce category", "niche", "niches", "topic", "topics", "vertical", "tribe", "tribes"},
}

var videoSynonyms = synonyms{
	colPostID:   {"id", "video id", "post id", "aweme id", "media id"},
	colPosted:   {"create time", "created at", "posted at", "published at", "timestamp", "date", "upload date"},
	colDuration: {"video length", "duration", "length"},
	colCaption:  {"caption", "description", "desc", "text"},
	colHashtags: {"hashtags", "tags", "challenges"},
	colViews:    {"n plays", "plays", "play count", "views", "view count", "n views", "video views"},
	colLikes:    {"n likes", "likes", "like count", "digg count"},
	colComments: {"n comments", "comments", "comment count"},
	colShares:   {"n shares", "shares", "share count"},
}

// columns says where the columns of a file stand. A header that stands twice,
// as a text and as a number, gives two places.
type columns struct {
	kind    string
	at      map[column][]int
	ignored []string
}

// readHeader tells the kind of a file by its header.
func readHeader(header []string) (columns, error) {
	videos := assign(header, accountSynonyms, videoSynonyms)
	if videos.has(colPostID, colPosted, colHandle, colFollowers, colViews) {
		videos.kind = KindVideos
		return videos, nil
	}
	list := assign(header, accountSynonyms, listSynonyms)
	if !list.has(colHandle) && !list.has(colLink) {
		list.at[colHandle] = list.at[colName]
	}
	if list.has(colFollowers) && (len(list.at[colHandle]) > 0 || list.has(colLink)) {
		list.kind = KindList
		return list, nil
	}
	return columns{}, headerError("")
}

func assign(header []string, known ...synonyms) columns {
	c := columns{at: map[column][]int{}}
	for i, h := range header {
		words, found := headerWords(h), false
		for _, all := range known {
			for col, names := range all {
				if !found && slices.Contains(names, words) {
					c.at[col], found = append(c.at[col], i), true
				}
			}
		}
		if !found && words != "" {
			c.ignored = append(c.ignored, strings.Join(strings.Fields(h), " "))
		}
	}
	return c
}

func (c columns) has(all ...column) bool {
	for _, col := range all {
		if len(c.at[col]) == 0 {
			return false
		}
	}
	return true
}

// headerWords is a header as it is compared: letters and figures alone.
func headerWords(h string) string {
	return strings.Join(strings.FieldsFunc(text.Fold(h), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// headerError says which headers are known; file "" is filled in by the reader.
func headerError(file string) *models.Error {
	names := func(all synonyms, cols ...column) string {
		firsts := make([]string, len(cols))
		for i, c := range cols {
			firsts[i] = all[c][0]
		}
		return strings.Join(firsts, ", ")
	}
	e := &models.Error{Code: models.CodeInvalid, Key: "creators.import.header", Args: []any{
		"videos", names(videoSynonyms, colPostID, colPosted) + ", " + names(accountSynonyms, colHandle, colFollowers) + ", " +
			names(videoSynonyms, colViews, colLikes, colComments, colShares, colHashtags),
		"list", names(accountSynonyms, colHandle, colFollowers) + ", " +
			names(listSynonyms, colName, colLink, colViews, colLikes, colComments, colShares, colCountry, colLanguage, colCategory),
	}}
	if file != "" {
		e.Args = append([]any{"file", file}, e.Args...)
	}
	return e
}

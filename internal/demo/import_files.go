package demo

import (
	"io"
	"iter"
	"math"
	"strconv"
	"strings"
	"time"

	"tribemarket/models/creators"
	"tribemarket/models/imports"
	"tribemarket/models/platform"
)

// postsPerCreator and postsPerMember are the numbers of posts of generated creators without
// a story.
const (
	postsPerCreator = 9
	postsPerMember  = 18
)

func postsOf(number int) int {
	if isMember(number) {
		return postsPerMember
	}
	return postsPerCreator
}

// creatorListFile is some creators from..to as a creator list, the kind of file that
// `tribemarket import` reads, generated while it is read.
func (g *generator) creatorListFile(name string, from, to int, listed func(number int) bool) imports.File {
	return streamedFile(name, to-from+1, func(yield func([]string) bool) {
		more := yield([]string{"platform", "username", "name", "country", "language", "category", "followers", "avg views", "avg likes", "avg comments", "avg shares"})
		for i := from; i < to && more; i++ {
			if listed(i) {
				more = yield(g.listRow(i))
			}
		}
	})
}

func everybody(int) bool { return true }

func (g *generator) listRow(number int) []string {
	p := g.makePerson(number, 1)
	row := []string{p.platform, p.handle, p.name, p.place.country, p.place.language, p.tribes[0].Slug, strconv.FormatInt(p.followers, 10)}
	return append(row, p.countsAsRead(p.posts[0].atLevel(p.engagement))...)
}

// atLevel is a post that engages as much as the creator's posts do in the mean.
func (x post) atLevel(engagement float64) post {
	x.likes = int64(float64(x.views)*engagement) - x.comments - x.shares
	return x
}

// countsAsRead are a post's views, likes, comments and shares, empty where the platform
// doesn't tell them.
func (p person) countsAsRead(x post) []string {
	counts := []string{strconv.FormatInt(x.views, 10), strconv.FormatInt(x.likes, 10), strconv.FormatInt(x.comments, 10), strconv.FormatInt(x.shares, 10)}
	switch p.platform {
	case platform.YouTube:
		counts[3] = ""
	case platform.Twitch:
		counts[1], counts[2], counts[3] = "", "", ""
	}
	return counts
}

// videoStatisticsFile is the same creators' posts as per-video statistics.
func (g *generator) videoStatisticsFile(name string, from, to int) imports.File {
	size := 1
	for i := from; i < to; i++ {
		size += postsOf(i)
	}
	return streamedFile(name, size, func(yield func([]string) bool) {
		more := yield(strings.Split("platform,id,create_time,user_name,desc,song,video_length,n_plays,n_likes,n_comments,n_shares,n_followers,n_total_likes,n_total_vids", ","))
		for i := from; i < to && more; i++ {
			p := g.makePerson(i, postsOf(i))
			for _, x := range p.posts {
				row := []string{p.platform, p.keyOf(x), strconv.FormatInt(x.at.Unix(), 10), p.handle, p.captionOf(x), "original sound", strconv.Itoa(x.seconds)}
				row = append(row, p.countsAsRead(x)...)
				for _, n := range []int64{p.followers, p.likes, min(p.allPosts, math.MaxInt32)} {
					row = append(row, strconv.FormatInt(n, 10))
				}
				if more = more && yield(row); !more {
					return
				}
			}
		}
	})
}

// keyOf is a post's id on its platform.
func (p person) keyOf(x post) string {
	if p.platform == platform.YouTube || p.platform == platform.Instagram { // eleven characters on both
		return platform.PostKeyAt(platform.Instagram, x.at, uint16(x.id))
	}
	return strconv.FormatInt(x.id, 10)
}

// streamedFile yields the rows one by one, generated again whenever it is opened. Its
// size is counted in rows.
func streamedFile(name string, size int, rows iter.Seq[[]string]) imports.File {
	return imports.File{Name: name, Size: int64(size), Open: func(read func(int)) (imports.RowReader, error) {
		next, stop := iter.Pull(rows)
		return &streamedRows{next: next, stop: stop, read: read}, nil
	}}
}

// streamedRows is an imports.RowReader.
type streamedRows struct {
	next func() ([]string, bool)
	stop func()
	read func(rows int)
	line int
}

// Next returns the next row.
func (r *streamedRows) Next() (line int, cells []string, err error) {
	cells, ok := r.next()
	if !ok {
		return 0, nil, io.EOF
	}
	r.line++
	r.read(1)
	return r.line, cells, nil
}

// Close ends the generation of rows.
func (r *streamedRows) Close() error {
	r.stop()
	return nil
}

// CreatorListFile is a creator list of invented creators, for measuring an import.
func CreatorListFile(catalogue *creators.TribeCatalogue, seed uint64, rows int) imports.File {
	return newGenerator(seed, time.Unix(0, 0), catalogue).creatorListFile("list.csv", 0, rows, everybody)
}

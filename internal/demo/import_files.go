package demo

import (
	"bufio"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"tribemarket/models/creators"
)

// postsPerCreator is how many posts a generated creator without a story has.
const postsPerCreator = 12

// creatorListFile is the creators from..to as a creator list, the kind of file that
// `tribemarket import` reads, written while it is read.
func (g *generator) creatorListFile(name string, from, to int) creators.ImportFile {
	return streamedFile(name, func(w *bufio.Writer) {
		_, _ = w.WriteString("username,name,country,language,category,followers,avg views,avg likes,avg comments,avg shares\n")
		for i := from; i < to; i++ {
			g.writeListRow(w, i)
		}
	})
}

func (g *generator) writeListRow(w *bufio.Writer, number int) {
	p := g.makePerson(number, 1)
	x := p.posts[0]
	_, _ = w.WriteString(p.handle + "," + p.name + "," + p.place.country + "," + p.place.language + "," + p.tribes[0].Slug)
	for _, n := range []int64{p.followers, x.views, x.likes, x.comments, x.shares} {
		_ = w.WriteByte(',')
		_, _ = w.WriteString(strconv.FormatInt(n, 10))
	}
	_ = w.WriteByte('\n')
}

// videoStatisticsFile is the same creators' posts as per-video statistics.
func (g *generator) videoStatisticsFile(name string, from, to int) creators.ImportFile {
	return streamedFile(name, func(w *bufio.Writer) {
		_, _ = w.WriteString("id,create_time,user_name,hashtags,song,video_length,n_likes,n_shares,n_comments,n_plays,n_followers,n_total_likes,n_total_vids\n")
		for i := from; i < to; i++ {
			g.writeVideoRows(w, i)
		}
	})
}

func (g *generator) writeVideoRows(w *bufio.Writer, number int) {
	p := g.makePerson(number, postsPerCreator)
	for _, x := range p.posts {
		_, _ = w.WriteString(strconv.FormatInt(x.id, 10) + "," + strconv.FormatInt(x.at.Unix(), 10) + "," + p.handle +
			",\"['" + strings.Join(x.hashtags, "', '") + "']\",original sound")
		for _, n := range []int64{int64(x.seconds), x.likes, x.shares, x.comments, x.views, p.followers, p.likes, min(p.allPosts, math.MaxInt32)} {
			_ = w.WriteByte(',')
			_, _ = w.WriteString(strconv.FormatInt(n, 10))
		}
		_ = w.WriteByte('\n')
	}
}

// streamedFile streams what write gives; a reader that stops early ends the writing.
func streamedFile(name string, write func(*bufio.Writer)) creators.ImportFile {
	return creators.ImportFile{Name: name, Open: func() (io.ReadCloser, error) {
		r, w := io.Pipe()
		go func() {
			b := bufio.NewWriterSize(w, 64<<10)
			write(b)
			_ = w.CloseWithError(b.Flush())
		}()
		return r, nil
	}}
}

// CreatorListFile is a creator list of invented creators, for measuring an import.
func CreatorListFile(catalogue *creators.TribeCatalogue, seed uint64, rows int) creators.ImportFile {
	return newGenerator(seed, time.Unix(0, 0), catalogue).creatorListFile("list.csv", 0, rows)
}

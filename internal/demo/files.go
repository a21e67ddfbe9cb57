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

// postsEach is how many posts a generated creator without a story has.
const postsEach = 12

// list is the creators from..to as a creator list, the kind of file that
// `tribemarket import` reads, written while it is read.
func (g *generator) list(name string, from, to int) creators.ImportFile {
	return file(name, func(w *bufio.Writer) {
		_, _ = w.WriteString("username,name,country,language,category,followers,avg views,avg likes,avg comments,avg shares\n")
		for i := from; i < to; i++ {
			g.listRow(w, i)
		}
	})
}

func (g *generator) listRow(w *bufio.Writer, number int) {
	p := g.person(number, 1)
	x := p.posts[0]
	_, _ = w.WriteString(p.handle + "," + p.name + "," + p.place.country + "," + p.place.language + "," + p.tribes[0].Slug)
	for _, n := range []int64{p.followers, x.views, x.likes, x.comments, x.shares} {
		_ = w.WriteByte(',')
		_, _ = w.WriteString(strconv.FormatInt(n, 10))
	}
	_ = w.WriteByte('\n')
}

// videos is the same creators' posts as per-video statistics.
func (g *generator) videos(name string, from, to int) creators.ImportFile {
	return file(name, func(w *bufio.Writer) {
		_, _ = w.WriteString("id,create_time,user_name,hashtags,song,video_length,n_likes,n_shares,n_comments,n_plays,n_followers,n_total_likes,n_total_vids\n")
		for i := from; i < to; i++ {
			g.videoRows(w, i)
		}
	})
}

func (g *generator) videoRows(w *bufio.Writer, number int) {
	p := g.person(number, postsEach)
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

// file streams what write gives; a reader that stops early ends the writing.
func file(name string, write func(*bufio.Writer)) creators.ImportFile {
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

// List is a creator list of invented creators, for measuring an import.
func List(catalogue *creators.Catalogue, seed uint64, rows int) creators.ImportFile {
	return newGenerator(seed, time.Unix(0, 0), catalogue).list("list.csv", 0, rows)
}

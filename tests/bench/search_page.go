package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"time"

	"tribemarket/internal/app"
	"tribemarket/models/db"
)

// searchPaths are pages as people ask for them: none, one and several filters.
var searchPaths = []string{
	"/creators",
	"/creators?tribe=foodtok&sort=-engagement",
	"/creators?country=FR&followers_min=10000&followers_max=100000",
	"/creators?tribe=beautytok&country=FR&country=BE&engagement_min=4.5&sort=-engagement",
	"/creators?platform=tiktok&language=nl&views_min=20000&sort=-views",
	"/creators?tribe=techtok&tribe=booktok&followers_min=50000",
}

// measureSearchPage compares the whole search page, its total and all its facets, with
// the same list by prepared SQL, indexed as PocketBase's is, its total and its
// rows written by hand: no facets, session, texts or frame.
func measureSearchPage(ctx context.Context, a *app.App, dir string, rounds int) error {
	peer, err := newSQLPeer(ctx, a, dir)
	if err != nil {
		return err
	}
	defer peer.close()
	var ours, theirs []string
	for _, s := range peerSearches {
		ours = append(ours, s.ours)
		theirs = append(theirs, s.ours)
	}
	var speed, slow []float64
	const long = 4 * time.Second
	for i := range rounds + 1 {
		we, we99, err := requestInTurn(a.Config.BaseURL, ours, long)
		if err != nil {
			return err
		}
		they, they99, err := requestInTurn(peer.server.URL, theirs, long)
		if err != nil {
			return err
		}
		if i > 0 { // the first round warms both
			speed = append(speed, we/they)
			slow = append(slow, we99.Seconds()/they99.Seconds())
			fmt.Fprintf(os.Stderr, "search page %.0f/s, prepared SQL and hand-written bytes %.1f/s\n", we, they)
		}
	}
	printMeasure("search page / SQL by hand, requests/s", median(speed), 0.5, false)
	printMeasure("search page / SQL by hand, p99", median(slow), 2, true)
	return nil
}

// sqlPeer answers searches from a table of its own.
type sqlPeer struct {
	db         *sql.DB
	statements map[string][2]*sql.Stmt // by address: the total, and the page
	server     *httptest.Server
}

func newSQLPeer(ctx context.Context, a *app.App, dir string) (*sqlPeer, error) {
	path, err := exportRows(ctx, a, dir)
	if err != nil {
		return nil, err
	}
	pool, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "peer.db")+"?_pragma=journal_mode(wal)&_pragma=mmap_size(1073741824)")
	if err != nil {
		return nil, err
	}
	p := &sqlPeer{db: pool, statements: map[string][2]*sql.Stmt{}}
	if err := p.fillTable(ctx, path); err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	for _, s := range peerSearches {
		total, err1 := pool.PrepareContext(ctx, "SELECT count(*) FROM listings WHERE "+s.where)                               //nolint:sqlclosecheck // kept until the process ends
		page, err2 := pool.PrepareContext(ctx, "SELECT * FROM listings WHERE "+s.where+" ORDER BY "+s.order+" DESC LIMIT 24") //nolint:sqlclosecheck // the same
		if err := errors.Join(err1, err2); err != nil {
			return nil, errors.Join(err, pool.Close())
		}
		p.statements[s.ours] = [2]*sql.Stmt{total, page}
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	p.server = &httptest.Server{Listener: ln, Config: &http.Server{Handler: p, ReadHeaderTimeout: time.Second}}
	p.server.Start()
	return p, nil
}

func (p *sqlPeer) close() {
	p.server.Close()
	_ = p.db.Close()
}

// fillTable makes the table from a file of rows, with the indexes that PocketBase gets.
func (p *sqlPeer) fillTable(ctx context.Context, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	tx, err := p.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after a commit it does nothing
	if _, err := tx.ExecContext(ctx, `CREATE TABLE listings (name TEXT, handle TEXT, platform TEXT, country TEXT, tribes TEXT, languages TEXT, source TEXT,
		followers INTEGER, engagement_ppm INTEGER, median_views INTEGER, mean_views INTEGER, posts_30 INTEGER, standing INTEGER)`); err != nil {
		return err
	}
	insert, err := tx.PrepareContext(ctx, "INSERT INTO listings VALUES (?"+strings.Repeat(", nullif(?, '')", len(exportedNames)-1)+")")
	if err != nil {
		return err
	}
	defer insert.Close()
	in := csv.NewReader(f)
	in.ReuseRecord = true
	if _, err := in.Read(); err != nil {
		return err
	}
	cells := make([]any, len(exportedNames))
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		for i, s := range record {
			cells[i] = s
		}
		if _, err := insert.ExecContext(ctx, cells...); err != nil {
			return err
		}
	}
	for _, columns := range []string{"followers", "engagement_ppm", "median_views", "standing", "platform, country, followers", "country, followers"} {
		if _, err := tx.ExecContext(ctx, "CREATE INDEX by_"+strings.ReplaceAll(columns, ", ", "_")+" ON listings ("+columns+")"); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	_, err = p.db.ExecContext(ctx, "ANALYZE")
	return err
}

// recordStatements is what one request asks the database.
func recordStatements(a *app.App, method, address string, cookies []*http.Cookie) []string {
	var seen []string
	r := httptest.NewRequest(method, address, nil)
	for _, c := range cookies {
		r.AddCookie(c)
	}
	r = r.WithContext(db.WithStatementObserver(r.Context(), func(s string) { seen = append(seen, s) }))
	a.Handler().ServeHTTP(httptest.NewRecorder(), r)
	return seen
}

// ServeHTTP reads the total and the rows, and writes them into plain markup.
func (p *sqlPeer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var b bytes.Buffer
	b.WriteString("<!doctype html><title>Creators</title>")
	for _, st := range p.statements[r.URL.RequestURI()] {
		if err := writeRows(r.Context(), &b, st); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(b.Bytes())
}

func writeRows(ctx context.Context, b *bytes.Buffer, st *sql.Stmt) error {
	rows, err := st.QueryContext(ctx)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	cells := make([]sql.RawBytes, len(columns))
	into := make([]any, len(columns))
	for i := range cells {
		into[i] = &cells[i]
	}
	b.WriteString("<table>")
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		b.WriteString("<tr>")
		for _, c := range cells {
			b.WriteString("<td>")
			writeEscaped(b, c)
		}
	}
	b.WriteString("</table>")
	return rows.Err()
}

func writeEscaped(b *bytes.Buffer, s []byte) {
	for _, c := range s {
		switch c {
		case '<':
			b.WriteString("&lt;")
		case '&':
			b.WriteString("&amp;")
		default:
			b.WriteByte(c)
		}
	}
}

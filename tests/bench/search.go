package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"time"

	"tribemarket/internal/app"
	"tribemarket/models/db"
)

// searches are pages as people ask for them: none, one and several filters.
var searches = []string{
	"/creators",
	"/creators?tribe=foodtok&sort=-engagement",
	"/creators?country=FR&followers_min=10000&followers_max=100000",
	"/creators?tribe=beautytok&country=FR&country=BE&engagement_min=4.5&sort=-engagement",
	"/creators?platform=tiktok&language=nl&views_min=20000&sort=-views",
	"/creators?tribe=techtok&tribe=booktok&followers_min=50000",
}

// searchPage compares the search page with the same rows read by the same
// statements, prepared, and written by hand: no session, no texts, no frame.
func searchPage(ctx context.Context, a *app.App, rounds int) error {
	peer, err := newPeer(ctx, a)
	if err != nil {
		return err
	}
	defer peer.server.Close()
	var speed, slow []float64
	const long = 4 * time.Second
	for _, base := range []string{a.Config.BaseURL, peer.server.URL} { // warm both
		if _, _, err := load(base, searches, time.Second); err != nil {
			return err
		}
	}
	for range rounds {
		ours, ours99, err := load(a.Config.BaseURL, searches, long)
		if err != nil {
			return err
		}
		theirs, theirs99, err := load(peer.server.URL, searches, long)
		if err != nil {
			return err
		}
		speed = append(speed, ours/theirs)
		slow = append(slow, ours99.Seconds()/theirs99.Seconds())
	}
	report("search page, requests/s ratio", median(speed), 0.5, false)
	report("search page, p99 ratio", median(slow), 2, true)
	return nil
}

type peer struct {
	statements map[string][]*sql.Stmt // by address
	server     *httptest.Server
}

// newPeer records which statements each search runs, and prepares them.
func newPeer(ctx context.Context, a *app.App) (*peer, error) {
	p := &peer{statements: map[string][]*sql.Stmt{}}
	for _, s := range searches {
		for _, statement := range statementsOf(a, http.MethodGet, s, nil) {
			st, err := a.DB.SQL().PrepareContext(ctx, statement) //nolint:sqlclosecheck // kept until the process ends
			if err != nil {
				return nil, err
			}
			p.statements[s] = append(p.statements[s], st)
		}
		if len(p.statements[s]) == 0 {
			return nil, errors.New("no statement was seen for " + s)
		}
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p.server = &httptest.Server{Listener: ln, Config: &http.Server{Handler: p, ReadHeaderTimeout: time.Second}}
	p.server.Start()
	return p, nil
}

// statementsOf is what one request asks the database.
func statementsOf(a *app.App, method, address string, cookies []*http.Cookie) []string {
	var seen []string
	r := httptest.NewRequest(method, address, nil)
	for _, c := range cookies {
		r.AddCookie(c)
	}
	r = r.WithContext(db.Watching(r.Context(), func(s string) { seen = append(seen, s) }))
	a.Handler().ServeHTTP(httptest.NewRecorder(), r)
	return seen
}

// ServeHTTP reads the rows and writes them into plain markup.
func (p *peer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
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
			escape(b, c)
		}
	}
	b.WriteString("</table>")
	return rows.Err()
}

func escape(b *bytes.Buffer, s []byte) {
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

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"tribemarket/internal/app"
)

// peerSearches are searches that the peers can answer too: as ours, as
// PocketBase's, and as SQL.
var peerSearches = []struct{ ours, filter, sort, where, order string }{
	{"/creators?country=FR&sort=-followers", "country='FR'", "-followers", "country = 'FR'", "followers"},
	{
		"/creators?country=FR&followers_min=10000&followers_max=100000&sort=-followers",
		"country='FR'&&followers>=10000&&followers<=100000", "-followers", "country = 'FR' AND followers BETWEEN 10000 AND 100000", "followers",
	},
	{"/creators?platform=tiktok&views_min=20000&sort=-views", "platform='tiktok'&&median_views>=20000", "-median_views", "platform = 'tiktok' AND median_views >= 20000", "median_views"},
	{"/creators?tribe=foodtok&sort=-followers", "tribes~',foodtok,'", "-followers", "tribes LIKE '%,foodtok,%'", "followers"},
	{
		"/creators?country=NL&country=BE&engagement_min=10&sort=-engagement",
		"(country='NL'||country='BE')&&engagement_ppm>=100000", "-engagement_ppm", "country IN ('NL', 'BE') AND engagement_ppm >= 100000", "engagement_ppm",
	},
}

// measurePocketBase compares the whole search page, its total and all its facets, with
// the list that PocketBase gives as JSON, with its total and without facets, of
// the same rows by the same filter and order.
func measurePocketBase(ctx context.Context, a *app.App, dir string, rounds int) (err error) {
	base, stop, err := servePocketBase(ctx, a, dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	var ours, theirs []string
	for _, s := range peerSearches {
		ours = append(ours, s.ours)
		theirs = append(theirs, "/api/collections/creators/records?"+url.Values{"perPage": {"24"}, "filter": {s.filter}, "sort": {s.sort}}.Encode())
	}
	var speed []float64
	for i := range rounds + 1 {
		we, _, err := requestInTurn(a.Config.BaseURL, ours, 4*time.Second)
		if err != nil {
			return err
		}
		they, _, err := requestInTurn(base, theirs, 4*time.Second)
		if err != nil {
			return err
		}
		if i > 0 { // the first round warms both
			speed = append(speed, we/they)
			fmt.Fprintf(os.Stderr, "search page %.0f/s, PocketBase %.1f/s\n", we, they)
		}
	}
	printMeasure("search page / PocketBase, requests/s", median(speed), 3, false)
	return nil
}

// servePocketBase builds the peer, fills it and waits until it answers.
func servePocketBase(ctx context.Context, a *app.App, dir string) (base string, stop func() error, err error) {
	rows, err := exportRows(ctx, a, dir)
	if err != nil {
		return "", nil, err
	}
	program := filepath.Join(dir, "pocketbase")
	if out, err := exec.CommandContext(ctx, "go", "build", "-C", "tests/bench/pocketbase", "-o", program, ".").CombinedOutput(); err != nil {
		return "", nil, fmt.Errorf("build PocketBase: %w: %s", err, out)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	address := ln.Addr().String()
	if err := ln.Close(); err != nil {
		return "", nil, err
	}
	c := exec.CommandContext(ctx, program, filepath.Join(dir, "pb"), rows, address)
	c.Stderr = os.Stderr
	says, err := c.StdoutPipe()
	if err != nil {
		return "", nil, err
	}
	fmt.Fprintln(os.Stderr, "filling PocketBase")
	if err := c.Start(); err != nil {
		return "", nil, err
	}
	stop = func() error { err := c.Process.Kill(); _ = c.Wait(); return err }
	line := bufio.NewScanner(says)
	for line.Scan() {
		if strings.Contains(line.Text(), "rows at") {
			go func() { // the rest is not of interest, but has to go somewhere
				for line.Scan() {
				}
			}()
			return "http://" + address, stop, waitUntilAnswering("http://" + address + "/api/health")
		}
	}
	return "", nil, errors.Join(errors.New("PocketBase doesn't start"), stop())
}

// waitUntilAnswering asks an address until it answers.
func waitUntilAnswering(address string) error {
	var err error
	for range 600 {
		var conn net.Conn
		u, _ := url.Parse(address)
		if conn, err = net.DialTimeout("tcp", u.Host, time.Second); err == nil {
			return conn.Close()
		}
		time.Sleep(100 * time.Millisecond)
	}
	return err
}

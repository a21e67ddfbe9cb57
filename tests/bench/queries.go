package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"

	"io"

	"tribemarket/internal/app"
	"tribemarket/internal/demo"
)

// maxQueries is the goal for any page.
const maxQueries = 8

// countQueries counts the statements of each kind of page, as a brand that is
// signed in and has deals running.
func countQueries(_ context.Context, a *app.App, w demo.World) error {
	cookies, pages, err := signInAsBrand(a, w)
	if err != nil {
		return err
	}
	for _, p := range pages {
		n := len(recordStatements(a, http.MethodGet, p.address, cookies))
		if n == 0 {
			return fmt.Errorf("no statement was seen for %s", p.address)
		}
		printMeasure("queries, "+p.name, float64(n), maxQueries, true)
	}
	return nil
}

type benchPage struct{ name, address string }

var (
	tokenField   = regexp.MustCompile(`name="_csrf" value="([^"]+)"`)
	dealLink     = regexp.MustCompile(`href="(/deals/[a-z0-9]+)"`)
	proposalLink = regexp.MustCompile(`href="(/negotiations/[a-z0-9]+)"`)
)

func signInAsBrand(a *app.App, w demo.World) ([]*http.Cookie, []benchPage, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, nil, err
	}
	client := &http.Client{Jar: jar}
	form, err := readPage(client, a.Config.BaseURL+"/signin")
	if err != nil {
		return nil, nil, err
	}
	token := tokenField.FindStringSubmatch(form)
	if token == nil {
		return nil, nil, fmt.Errorf("the sign-in page has no form")
	}
	res, err := client.PostForm(a.Config.BaseURL+"/signin", url.Values{"_csrf": {token[1]}, "email": {w.Brands[0].Email}, "password": {w.Brands[0].Password}})
	if err != nil {
		return nil, nil, err
	}
	if err := res.Body.Close(); err != nil {
		return nil, nil, err
	}
	creator := w.People[0].Path
	pages := []benchPage{
		{"search", searchPaths[3]}, {"creator", creator}, {"lookalikes", creator + "/similar"}, {"proposal form", creator + "/negotiations/new"},
		{"dashboard", "/dashboard"}, {"proposals", "/negotiations"}, {"deals", "/deals"}, {"shortlists", "/shortlists"}, {"saved searches", "/searches"},
		{"rankings", "/rankings"}, {"tribe", "/tribes/foodtok"},
	}
	for name, link := range map[string]*regexp.Regexp{"deal": dealLink, "proposal": proposalLink} {
		list, err := readPage(client, a.Config.BaseURL+"/"+name+"s")
		if err != nil {
			return nil, nil, err
		}
		m := link.FindStringSubmatch(list)
		if m == nil {
			return nil, nil, fmt.Errorf("no %s is listed", name)
		}
		pages = append(pages, benchPage{name, m[1]})
	}
	u, err := url.Parse(a.Config.BaseURL)
	return jar.Cookies(u), pages, err
}

func readPage(client *http.Client, address string) (string, error) {
	res, err := client.Get(address)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	var b strings.Builder
	_, err = io.Copy(&b, res.Body)
	return b.String(), err
}

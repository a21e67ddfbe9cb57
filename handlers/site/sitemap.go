package site

import (
	"bufio"
	"encoding/xml"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/rankings"
	"tribemarket/views/paths"
	rankingsview "tribemarket/views/rankings"
)

// sendRobots tells search engines what they may read, and where the sitemap is. A demo's
// people are invented, so no search engine may list it.
func (h *Handlers) sendRobots(c echo.Context) error {
	if h.Site.Demo {
		return c.String(http.StatusOK, "User-agent: *\nDisallow: /\n")
	}
	var b strings.Builder
	b.WriteString("User-agent: *\n")
	for _, path := range []string{"/settings", "/admin", "/auth/", "/join/", "/confirm/", "/reset/", "/setup/", "/invitations/", "/reports/"} {
		b.WriteString("Disallow: " + path + "\n")
	}
	b.WriteString("\nSitemap: " + h.Site.BaseURL + paths.Sitemap() + "\n")
	return c.String(http.StatusOK, b.String())
}

const sitemapSpace = ` xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"`

// sendSitemapIndex lists the files of the sitemap: the pages, and creators by ranges of
// ids.
func (h *Handlers) sendSitemapIndex(c echo.Context) error {
	n, err := h.Creators.CountSitemapFiles(c.Request().Context())
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString(xml.Header + "<sitemapindex" + sitemapSpace + ">\n")
	writeSitemapEntry(&b, "sitemap", h.Site.BaseURL+paths.SitemapFile("pages"), time.Time{})
	for i := range n {
		writeSitemapEntry(&b, "sitemap", h.Site.BaseURL+paths.SitemapFile("creators-"+strconv.Itoa(i+1)), time.Time{})
	}
	b.WriteString("</sitemapindex>\n")
	return c.Blob(http.StatusOK, echo.MIMEApplicationXMLCharsetUTF8, []byte(b.String()))
}

// sendSitemapFile sends one file of the sitemap. Creators are written as they are read,
// so that a file takes little memory.
func (h *Handlers) sendSitemapFile(c echo.Context) error {
	name := strings.TrimSuffix(c.Param("file"), ".xml")
	if name == c.Param("file") {
		return models.NotFound()
	}
	if name == "pages" {
		ranked, err := h.Rankings.FilledRankings(c.Request().Context())
		if err != nil {
			return err
		}
		return h.sendURLSet(c, func(w *bufio.Writer) error { h.writePages(w, ranked); return nil })
	}
	number, ok := strings.CutPrefix(name, "creators-")
	n, err := strconv.Atoi(number)
	if !ok || err != nil || number != strconv.Itoa(n) {
		return models.NotFound()
	}
	return h.sendSitemapOfCreators(c, n)
}

func (h *Handlers) sendSitemapOfCreators(c echo.Context, n int) error {
	ctx := c.Request().Context()
	most, err := h.Creators.CountSitemapFiles(ctx)
	if err != nil {
		return err
	}
	if n < 1 || n > most {
		return models.NotFound()
	}
	return h.sendURLSet(c, func(w *bufio.Writer) error {
		return h.Creators.ReadSitemapFile(ctx, n, func(all []creators.SitemapEntry) error {
			for _, one := range all {
				writeSitemapEntry(w, "url", h.Site.BaseURL+paths.Creator(one.PublicID), one.AsOf)
			}
			return w.Flush()
		})
	})
}

// writePages writes the pages that do not belong to one creator. Empty rankings ask not
// to be listed, so they are left out.
func (h *Handlers) writePages(w io.StringWriter, ranked []rankings.Query) {
	all := []string{paths.Home(), paths.Creators(nil), paths.Tribes(), paths.AboutFigures(), paths.AboutRules(), paths.AboutPrivacy(), paths.AboutAccessibility()}
	for _, t := range h.Creators.TribeCatalogue().VisibleTribes() {
		all = append(all, paths.Tribe(t.Slug))
	}
	for _, q := range ranked {
		all = append(all, rankingsview.RankingPath(q, 1))
	}
	for _, path := range all {
		writeSitemapEntry(w, "url", h.Site.BaseURL+path, time.Time{})
	}
}

func (h *Handlers) sendURLSet(c echo.Context, write func(*bufio.Writer) error) error {
	c.Response().Header().Set(echo.HeaderContentType, echo.MIMEApplicationXMLCharsetUTF8)
	w := bufio.NewWriter(c.Response())
	_, _ = w.WriteString(xml.Header + "<urlset" + sitemapSpace + ">\n")
	if err := write(w); err != nil {
		if c.Response().Committed {
			h.Log.WarnContext(c.Request().Context(), "a sitemap broke off", "error", err)
			panic(http.ErrAbortHandler) // otherwise half a file would look complete
		}
		c.Response().Header().Del(echo.HeaderContentType) // an error page follows
		return err
	}
	_, _ = w.WriteString("</urlset>\n")
	return w.Flush()
}

// writeSitemapEntry writes one entry. The writer's error is returned when it is flushed.
func writeSitemapEntry(w io.StringWriter, kind, loc string, changed time.Time) {
	var escaped strings.Builder
	_ = xml.EscapeText(&escaped, []byte(loc)) // never fails
	_, _ = w.WriteString("<" + kind + "><loc>" + escaped.String() + "</loc>")
	if !changed.IsZero() {
		_, _ = w.WriteString("<lastmod>" + changed.UTC().Format(time.DateOnly) + "</lastmod>")
	}
	_, _ = w.WriteString("</" + kind + ">\n")
}

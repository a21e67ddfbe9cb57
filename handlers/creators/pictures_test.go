package creators_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
)

const (
	portraitForm = "#portrait form[enctype='multipart/form-data']"
	workForm     = "#works form[enctype='multipart/form-data']"
)

// drawn is a PNG of one colour.
func drawn(t testing.TB, w, h int, c color.Color) string {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, c)
		}
	}
	var b bytes.Buffer
	apptest.Must(t, png.Encode(&b, m))
	return b.String()
}

var confirmed = url.Values{"rights": {"own"}}

func withAlt(alt string) url.Values { return url.Values{"rights": {"own"}, "alt": {alt}} }

func TestACreatorShowsPicturesOnTheMediaKit(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	_, id := a.JoinCreator(t, "penne.sandbox")
	c := a.SignedInCreator(t, "penne.sandbox")
	page := c.Get("/settings/profile/pictures")
	page = page.SubmitFile(portraitForm, confirmed, "file", "me.png", drawn(t, 300, 300, color.RGBA{200, 0, 0, 255}))
	page = page.SubmitFile(workForm, withAlt("Ravioli on a blue plate"), "file", "work.png", drawn(t, 2000, 1000, color.RGBA{0, 0, 200, 255}))
	page = page.SubmitFile(workForm, withAlt("Dough"), "file", "work.png", drawn(t, 400, 500, color.RGBA{0, 200, 0, 255}))
	if page.Status != http.StatusOK || page.Find("#works li").Length() != 2 || page.Find("#portrait img").Length() != 1 {
		t.Fatalf("%d: %s", page.Status, page.Find("main").Text())
	}

	kit := a.NewBrowser(t).Get("/c/" + id)
	works := kit.Find("#works img")
	if works.Length() != 2 || works.First().AttrOr("alt", "") != "Ravioli on a blue plate" || kit.Find(".identity img").AttrOr("alt", "missing") != "" || kit.Find("#works rect").First().AttrOr("fill", "") != "#0000c8" {
		t.Fatalf("the media kit shows %s", kit.Find("#works").Text())
	}
	if w, h := works.First().AttrOr("width", ""), works.First().AttrOr("height", ""); w != "1600" || h != "800" {
		t.Errorf("%s by %s", w, h)
	}
	for side, want := range map[string]int{"1600": 1600, "480": 480, "160": 160} {
		answer := a.NewBrowser(t).Get(strings.TrimSuffix(works.First().AttrOr("src", ""), "480") + side)
		m, format, err := image.Decode(strings.NewReader(answer.Body))
		if err != nil || format != "jpeg" || m.Bounds().Dx() != want || m.Bounds().Dy() != want/2 {
			t.Errorf("%s: %d, %s, %v", side, answer.Status, format, err)
		}
		for name, value := range map[string]string{
			"Content-Type": "image/jpeg", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'", "Cache-Control": "public, no-cache",
		} {
			if got := answer.Header.Values(name); len(got) != 1 || got[0] != value {
				t.Errorf("%s: %s is %q", side, name, got)
			}
		}
	}

	page = page.Submit("#works li:last-child form[action$='/move']", nil)
	page = page.Submit("#works li:first-child form[action$='/description']", url.Values{"alt": {"Fresh dough"}})
	page = page.Submit("#works li:last-child form[action$='/removal']", nil)
	page.Submit("#portrait form[action$='/removal']", nil)
	kit = a.NewBrowser(t).Get("/c/" + id)
	if works := kit.Find("#works img"); works.Length() != 1 || works.AttrOr("alt", "") != "Fresh dough" || kit.Find(".identity img").Length() != 0 || kit.Find(".identity svg.avatar").Length() != 1 {
		t.Errorf("the media kit shows %d works", works.Length())
	}
}

func TestWrongPicturesAreRefusedWithTheForm(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.JoinCreator(t, "penne.sandbox")
	c := a.SignedInCreator(t, "penne.sandbox")
	form := c.Get("/settings/profile/pictures")
	good := drawn(t, 100, 100, color.White)
	for _, test := range []struct {
		name    string
		values  url.Values
		content string
		want    string
	}{
		{"without rights", url.Values{"alt": {"kept"}}, good, "Confirm that you may show this picture."},
		{"a page", withAlt("kept"), "<!doctype html><script>alert(1)</script>", "This file is not a picture."},
		{"an SVG", withAlt("kept"), `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`, "This kind of picture is not supported."},
		{"half of it", withAlt("kept"), drawn(t, 900, 900, color.White)[:600], "The picture file is damaged."},
		{"a dot", withAlt("kept"), drawn(t, 2, 2, color.White), "This picture is too small"},
		{"nothing", withAlt("kept"), "", "This file is not a picture."},
	} {
		page := form.SubmitFile(workForm, test.values, "file", "work.png", test.content)
		if page.Status != http.StatusUnprocessableEntity || !strings.Contains(page.Find("#works .error").Text(), test.want) || page.Find("#error-summary li").Length() == 0 ||
			page.Find("#works input[name=alt]").AttrOr("value", "") != "kept" || page.Find("#portrait .error").Length() != 0 {
			t.Errorf("%s: %d %s", test.name, page.Status, page.Find("#works .error").Text())
		}
	}
	if page := form.SubmitFile(workForm, confirmed, "file", "work.png", strings.Repeat("x", 17<<20)); page.Status != http.StatusRequestEntityTooLarge {
		t.Errorf("17 MB: %d", page.Status)
	}
}

// A form that names no use, or one that pages do not have, stores nothing.
func TestAPictureOfNoKnownUseIsRefused(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.JoinCreator(t, "penne.sandbox")
	page := a.SignedInCreator(t, "penne.sandbox").Get("/settings/profile/pictures")
	for _, use := range []string{"", "nonsense", "logo", "thumbnail", "Work"} {
		values := url.Values{"rights": {"own"}, "use": {use}}
		if p := page.SubmitFile(workForm, values, "file", "work.png", drawn(t, 300, 300, color.White)); p.Status != http.StatusUnprocessableEntity {
			t.Errorf("use %q: %d", use, p.Status)
		}
	}
	if n := apptest.Count(t, a, "SELECT count(*) FROM pictures"); n != 0 {
		t.Errorf("%d pictures are stored", n)
	}
}

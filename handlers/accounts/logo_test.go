package accounts_test

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"net/url"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
)

func TestABrandShowsItsLogo(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand := a.SignUpBrand(t, "fonte")
	owner := a.SignedInBrand(t, "fonte")
	var file bytes.Buffer
	apptest.Must(t, png.Encode(&file, image.NewGray(image.Rect(0, 0, 200, 100))))
	const form = "form[enctype='multipart/form-data']"

	page := owner.Get("/settings/brand/logo").Submit(form, nil)
	if page.Status != http.StatusUnprocessableEntity || page.Find("#error-summary li").Length() != 2 {
		t.Errorf("nothing chosen: %d, %s", page.Status, page.Find("#error-summary").Text())
	}
	page = owner.Get("/settings/brand/logo").SubmitFile(form, url.Values{"rights": {"own"}}, "file", "logo.png", file.String())
	logo := page.Find(".framed.logo.large img")
	if page.Status != http.StatusOK || page.Path != "/settings/brand/logo" || logo.Length() != 1 {
		t.Fatalf("%d: %s", page.Status, page.Find("main").Text())
	}
	if n := apptest.Count(t, a, "SELECT count(*) FROM pictures WHERE use = 'logo' AND alt = 'fonte' AND brand_id = ?", brand.BrandID); n != 1 {
		t.Errorf("%d logos are described by the brand's name", n)
	}
	if answer := a.NewBrowser(t).Get(logo.AttrOr("src", "")); answer.Status != http.StatusOK || answer.Header.Get("Content-Type") != "image/jpeg" {
		t.Errorf("a stranger gets %d, %s", answer.Status, answer.Header.Get("Content-Type"))
	}
	viewer, _ := a.SignedInMember(t, brand, models.RoleViewer)
	if seen := viewer.Get("/settings/brand/logo"); seen.Find(".framed.logo img").Length() != 1 || seen.Find("main form").Length() != 0 {
		t.Error("a viewer does not just see the logo")
	}
	for range 2 {
		page = page.Post("/settings/brand/logo/removal", nil)
		if page.Status != http.StatusOK || page.Find(".framed.logo").Length() != 0 || page.Find("svg.avatar.large").Length() != 1 {
			t.Errorf("removed: %d, %d logos", page.Status, page.Find(".framed.logo").Length())
		}
	}
}

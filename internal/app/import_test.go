package app_test

import (
	"context"
	"net/http"
	"net/url"
	"sync"
	"testing"

	"tribemarket/internal/demo"
	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/imports"
	"tribemarket/models/platform"
)

// An import runs in a process of its own, on a connection of its own. Nobody
// who uses the site meanwhile sees an error, not even who writes.
func TestAnImportFailsNoRequest(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	a := apptest.New(t)
	a.SignUpBrand(t, "meanwhile")
	_, creator := a.JoinCreator(t, "penne.sandbox")
	other, err := db.Open(ctx, a.Config.DatabaseURL)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	browsers := make([]*apptest.Browser, 4)
	for i := range browsers {
		browsers[i] = a.SignedInBrand(t, "meanwhile")
	}
	done := make(chan error, 1)
	go func() {
		s := creators.NewStore(other, testkit.NewClock().Now, a.Creators.TribeCatalogue())
		file := demo.CreatorListFile(a.Creators.TribeCatalogue(), 5, 30_000)
		_, err := imports.NewImporter(other, s, testkit.NewClock().Now).ImportFiles(ctx, []imports.File{file},
			imports.Options{Platform: platform.TikTok, AsOf: models.Date{Year: 2026, Month: 10, Day: 1}})
		done <- err
	}()
	stop := make(chan struct{})
	var wg sync.WaitGroup
	counts := make([]int, len(browsers))
	for i, b := range browsers {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				counts[i]++
				page := b.Get("/creators?tribe=foodtok&sort=-engagement")
				if page.Status != http.StatusOK {
					t.Errorf("the search answers %d", page.Status)
				}
				page = page.Submit("form[action='/language']", url.Values{"language": {[]string{"en", "fr", "nl"}[counts[i]%3]}})
				if page.Status != http.StatusOK {
					t.Errorf("a write answers %d", page.Status)
				}
				if page = b.Get("/c/" + creator); page.Status != http.StatusOK {
					t.Errorf("a creator's page answers %d", page.Status)
				}
			}
		})
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	close(stop)
	wg.Wait()
	rounds := 0
	for _, n := range counts {
		rounds += n
	}
	if rounds < 8 {
		t.Errorf("the browsers came around %d times only", rounds)
	}
}

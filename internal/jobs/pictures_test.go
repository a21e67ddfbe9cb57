package jobs_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"tribemarket/internal/mail"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/files"
)

// Mails are opened without a session: they show the other side's picture where everybody
// may see it, and no other.
func TestPicturesInMailsAreThoseThatEverybodySees(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand := a.SignUpBrand(t, "shower")
	creator, id := a.JoinCreator(t, "penne.sandbox")
	apptest.Must(t, a.Accounts.ConfirmEmailWithoutLink(ctx, creator.PersonID, "penne@creators.example"))
	logo, portrait := addPicture(t, a, brand, files.Logo), addPicture(t, a, creator, files.Portrait)
	change := func(query string) {
		t.Helper()
		apptest.Must(t, a.DB.Tx(ctx, func(tx *db.Tx) error { return tx.Exec(query).Error }))
	}
	for i, step := range []struct {
		change, want string
	}{
		{"", portrait},
		{"UPDATE pictures SET hidden_at = '2026-11-20', hidden_reason = 'reported' WHERE use = 'portrait'", ""},
		{"UPDATE pictures SET hidden_at = NULL, hidden_reason = ''", portrait},
		{"UPDATE creators SET listed = (1 = 0)", ""},
	} {
		f := form()
		f.Product = fmt.Sprint("Pan ", i)
		sent, err := a.Negotiations.Propose(ctx, brand, id, f, f.Product)
		apptest.Must(t, err)
		_, err = a.Negotiations.Accept(ctx, creator, sent.Negotiation, 1)
		apptest.Must(t, err)
		if step.change != "" {
			change(step.change)
		}
		kept := workOff(t, a, 3+2*i)
		for to, want := range map[string]string{apptest.BrandEmail("shower"): step.want, "penne@creators.example": logo} {
			got := pictureIn(t, kept, to, f.Product)
			if got != want {
				t.Errorf("after %q the mail to %s shows %q, want %q", step.change, to, got, want)
				continue
			}
			if got == "" {
				continue
			}
			res, err := http.Get(got)
			apptest.Must(t, err)
			_ = res.Body.Close()
			if res.StatusCode != 200 || !strings.HasPrefix(res.Header.Get("Content-Type"), "image/") || !strings.HasPrefix(res.Header.Get("Cache-Control"), "public") {
				t.Errorf("%s: %d %v", got, res.StatusCode, res.Header)
			}
		}
	}
	if res, err := http.Get(portrait); err != nil || res.StatusCode != 404 {
		t.Errorf("the portrait of a creator who is not listed: %v, %v", res.StatusCode, err)
	}
}

// addPicture uploads a picture and gives the address of its smallest size.
func addPicture(t *testing.T, a *apptest.App, actor models.Actor, use files.Use) string {
	t.Helper()
	var b bytes.Buffer
	apptest.Must(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 300, 200))))
	p, err := a.Files.AddPicture(ctx, actor, use, bytes.NewReader(b.Bytes()), "")
	apptest.Must(t, err)
	return a.URL + "/pictures/" + p.PublicID + "/160"
}

var source = regexp.MustCompile(`<img src="([^"]*)"`)

// pictureIn is the address of the picture in the mail to somebody about something, "" without one.
func pictureIn(t *testing.T, kept []mail.StoredMail, to, about string) string {
	t.Helper()
	for _, k := range kept {
		if k.To == to && strings.Contains(k.Subject, about) {
			if m := source.FindStringSubmatch(k.HTML); m != nil {
				return m[1]
			}
			return ""
		}
	}
	t.Fatalf("no mail to %s", to)
	return ""
}

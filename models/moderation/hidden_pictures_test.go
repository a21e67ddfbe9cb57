package moderation_test

import (
	"bytes"
	"image"
	"image/png"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/files"
	"tribemarket/models/moderation"
)

// A picture that two people have reported is hidden once, and the log says so once.
func TestAPictureIsHiddenOnce(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, a *apptest.App) {
		reporters, admin := []models.Actor{a.SignUpBrand(t, "fonte"), a.SignUpBrand(t, "other")}, a.CreateAdmin(t)
		penne, _ := a.JoinCreator(t, "penne.sandbox")
		var file bytes.Buffer
		apptest.Must(t, png.Encode(&file, image.NewGray(image.Rect(0, 0, 200, 250))))
		p, err := a.Files.AddPicture(ctx, penne, files.Work, bytes.NewReader(file.Bytes()), "Stolen")
		apptest.Must(t, err)
		for _, who := range reporters {
			apptest.Must(t, a.Moderation.SubmitReport(ctx, who, moderation.ReportForm{About: moderation.Picture, ID: p.PublicID, Reason: "rights"}))
		}
		open, _, err := a.Moderation.ListReports(ctx, admin, moderation.ReportFilter{})
		if err != nil || len(open) != 2 {
			t.Fatalf("open are %+v, %v", open, err)
		}
		for i, note := range []string{"It is by somebody else.", "Hidden already."} {
			apptest.Must(t, a.Moderation.DecideReport(ctx, admin, open[i].PublicID, moderation.Hide, note))
		}
		if n := audited(t, a, "admin.picture_hidden", admin); n != 1 {
			t.Errorf("the log says %d times that it was hidden", n)
		}
		for i, want := range []int{0, 1} { // the second decision did not hide it
			apptest.Must(t, a.Moderation.ReopenReport(ctx, admin, open[1-i].PublicID))
			if n := audited(t, a, "admin.picture_restored", admin); int(n) != want {
				t.Errorf("the log says %d times that it is shown again, want %d", n, want)
			}
		}
	})
}

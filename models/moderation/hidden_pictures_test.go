package moderation_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/files"
	"tribemarket/models/moderation"
	"tribemarket/models/notifications"
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
		var id int64
		apptest.Must(t, a.DB.Read(ctx).Raw("SELECT id FROM reports WHERE public_id = ?", open[0].PublicID).Scan(&id).Error)
		decided, err := a.Moderation.ReadReportDecision(ctx, moderation.ReportDecisionArgs{ReportID: id, Version: 2})
		if err != nil || decided.Picture == nil || decided.Picture.Alt != "Stolen" {
			t.Errorf("the decision is about %+v, %v", decided.Picture, err)
		}
		told, err := a.Moderation.DecisionReceivers(ctx, notifications.Event{Data: fmt.Appendf(nil, `{"report_id": %d, "version": 2}`, id)})
		if err != nil || len(told.To) != 2 || len(told.About) != 1 || told.About[penne.PersonID].Kind != "pictures" {
			t.Errorf("told are %+v, about %+v, %v", told.To, told.About, err)
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

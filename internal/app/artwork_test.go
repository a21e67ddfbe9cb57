package app_test

import (
	"io"
	"testing"

	"tribemarket/internal/artwork"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/files"
	"tribemarket/static/art"
)

// A site that is served from a demo's data shows the drawings of its creators.
func TestTheDrawingsOfADemoAreServedWithoutIt(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, apptest.Live)
	penne, _ := a.JoinCreator(t, "penne.sandbox")
	v := artwork.Variant{Drawing: art.Find("cake")}
	apptest.Must(t, a.Files.ShowStored(t.Context(), []files.Picture{{
		CreatorID: &penne.CreatorID, UploadedBy: &penne.PersonID, Use: files.Work, Place: 1, Alt: "A cake", Colour: "#ffffff", Width: 400, Height: 500, Type: "image/png", Bytes: 1, StorageKey: v.Key(),
	}}))
	all, err := a.Files.OwnPictures(t.Context(), penne)
	if apptest.Must(t, err); len(all) != 1 {
		t.Fatalf("%d pictures", len(all))
	}
	content, err := a.Files.OpenPicture(t.Context(), penne, all[0].PublicID, 480)
	apptest.Must(t, err)
	defer content.Close()
	if b, err := io.ReadAll(content); err != nil || len(b) == 0 {
		t.Errorf("%d bytes, %v", len(b), err)
	}
	apptest.Must(t, a.Files.RemovePicture(t.Context(), penne, all[0].PublicID))
	if _, _, err := a.Files.Sweep(t.Context()); err != nil {
		t.Errorf("sweeping what was never stored: %v", err)
	}
}

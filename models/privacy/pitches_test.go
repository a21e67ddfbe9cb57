package privacy_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/negotiation"
)

// What a creator said in a pitch is in their export, and goes with them; the brand's record
// that there was one stays.
func TestPitchesGoWithTheirCreators(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	a := apptest.New(t)
	creator, _ := a.JoinCreator(t, "penne.sandbox")
	brand := a.SignUpBrand(t, "fonte")
	apptest.Must(t, a.Accounts.ConfirmEmailWithoutLink(ctx, creator.PersonID, "penne@mail.example"))
	own, err := a.Accounts.OwnBrand(ctx, brand)
	apptest.Must(t, err)
	form := a.OfferForm()
	form.Message = "canary idea"
	id, err := a.Negotiations.Pitch(ctx, creator, own.PublicID, form, negotiation.PitchForm{About: "canary life", Audience: "canary watchers"}, "one")
	apptest.Must(t, err)
	apptest.Must(t, a.Negotiations.SetDoor(ctx, brand, negotiation.DoorForm{Closed: "yes"}))
	x, err := a.Privacy.ExportPersonalData(ctx, creator)
	apptest.Must(t, err)
	for _, words := range []string{"canary idea", "canary life", "canary watchers"} {
		if !strings.Contains(fmt.Sprint(x), words) {
			t.Errorf("the export lacks %q", words)
		}
	}
	apptest.Must(t, a.Privacy.EraseActor(ctx, creator, ""))
	n, err := a.Negotiations.Get(ctx, brand, id)
	apptest.Must(t, err)
	if said := fmt.Sprintf("%+v %+v", n.Pitch, n.Offers); strings.Contains(said, "canary") || len(n.Pitch.Figures) != 0 {
		t.Errorf("what is left says %s", said)
	}
	apptest.Must(t, a.Privacy.EraseActor(ctx, brand, ""))
	if apptest.Count(t, a, "SELECT count(*) FROM pitch_doors") != 0 || apptest.Count(t, a, "SELECT count(*) FROM pitches") != 1 {
		t.Error("the brand's door is kept, or the pitch is gone")
	}
}

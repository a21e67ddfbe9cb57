package paths

import (
	"net/url"
	"strings"
	"testing"
)

func TestWhatIsPutIntoAnAddressStaysOneSegment(t *testing.T) {
	t.Parallel()
	nasty := "a/../b?x=1#y é%2f"
	for _, address := range []string{
		Creator(nasty), Brand(nasty), ProviderSignIn(nasty), EmailConfirmation(nasty), JoinPage(nasty), Negotiation(nasty), Deal(nasty), Shortlist(nasty, nil),
	} {
		u, err := url.Parse(address)
		if err != nil || u.RawQuery != "" || u.Fragment != "" || strings.Count(u.EscapedPath(), "/") != 2 {
			t.Errorf("%s: %v", address, err)
			continue
		}
		if last := u.Path[strings.Index(u.Path[1:], "/")+2:]; last != nasty {
			t.Errorf("%s: the segment is %q", address, last)
		}
	}
}

func TestAddressesWithAQuery(t *testing.T) {
	t.Parallel()
	rows := map[string]string{
		Creators(nil): "/creators",
		Creators(url.Values{"tribe": {"foodtok", "booktok"}, "q": {"a b&c"}}): "/creators?q=a+b%26c&tribe=foodtok&tribe=booktok",
		SignIn(""):           "/signin",
		SignIn("/deals?x=1"): "/signin?next=%2Fdeals%3Fx%3D1",
		DeliverableAction("d1", 2, "objection/withdrawal"): "/deals/d1/deliverables/2/objection/withdrawal",
	}
	for got, want := range rows {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

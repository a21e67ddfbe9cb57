package wire_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/platforms/wire"
	"tribemarket/internal/platforms/wire/wiretest"
	"tribemarket/models/creators"
)

func TestCountsAreNumbersOrTextAndElseNothing(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int64{"0": 0, "12": 12, `"12"`: 12, `"0"`: 0, "9007199254740993": 9007199254740993, `"9223372036854775807"`: 9223372036854775807} {
		var c wire.Count
		if err := json.Unmarshal([]byte(in), &c); err != nil || c.N == nil || *c.N != want {
			t.Errorf("%s is %v, %v", in, c.N, err)
		}
	}
	for _, in := range []string{"-1", `"-1"`, "1.5", "1e3", "1e400", `"18446744073709551615"`, `"many"`, `""`, "null", "true", "[]", "{}", `"1 000"`} {
		n := int64(7)
		c := wire.Count{N: &n}
		if err := json.Unmarshal([]byte(in), &c); err != nil || (c.N != nil && in != "null") {
			t.Errorf("%s is %v, %v", in, c.N, err)
		}
	}
}

func TestIDsKeepTheirDigits(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]wire.ID{`"x1"`: "x1", "17840000000000001": "17840000000000001", "true": "", "[]": "", "{}": ""} {
		var id wire.ID
		if err := json.Unmarshal([]byte(in), &id); err != nil || id != want {
			t.Errorf("%s is %q, %v", in, id, err)
		}
	}
}

func TestListsAreListsOrText(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][]string{`["a","b"]`: {"a", "b"}, `"a,b"`: {"a", "b"}, `"a b"`: {"a", "b"}, `""`: {}, `[]`: {}, `[""]`: {}, `{}`: {}, `[1]`: {}} {
		var l wire.NameList
		if err := json.Unmarshal([]byte(in), &l); err != nil || !slices.Equal(l, want) {
			t.Errorf("%s is %q, %v", in, l, err)
		}
	}
}

func TestValuesThatNoPageMayShow(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"FR": "FR", "be": "BE", "nl\n": "NL", "ZZ": "", "FRA": "", "F1": "", "": "", "é": ""} {
		if got := wire.ParseCountry(in); got != want {
			t.Errorf("country %q is %q", in, got)
		}
	}
	for in, want := range map[string]string{"https://x/1.png": "https://x/1.png", "http://x/1": "", "javascript:alert(1)": "", "https:///x": "", "": "", "%": ""} {
		if got := wire.HTTPSURL(in); got != want {
			t.Errorf("address %q is %q", in, got)
		}
	}
	if got := wire.CleanText(" a\x00b\x07\nc\t "); got != "ab\nc" {
		t.Errorf("cleaned to %q", got)
	}
	if wire.BoundedSeconds(-3) != 0 || wire.BoundedSeconds(1<<62) > 11*365*24*time.Hour {
		t.Error("a wild time stays")
	}
	for in, want := range map[string]string{`"2026-11-01T09:00:00+0000"`: "2026-11-01T09:00:00Z", `"2026-11-01T10:00:00+01:00"`: "2026-11-01T09:00:00Z", `"soon"`: "0001-01-01T00:00:00Z", `7`: "0001-01-01T00:00:00Z"} {
		var at wire.Time
		if err := json.Unmarshal([]byte(in), &at); err != nil || at.Format(time.RFC3339) != want {
			t.Errorf("%s is %v, %v", in, at, err)
		}
	}
}

func TestSharesArePartsOfTheWhole(t *testing.T) {
	t.Parallel()
	w := wire.AudienceWeights{}
	for key, n := range map[string]int64{"FR": 600, "BE": 300, "": 100, "XX": -5} {
		w.AddWeight(key, n)
	}
	got := w.ToAudienceParts(creators.AudienceByCountry)
	if len(got) != 2 || got[0] != (creators.AudiencePart{Kind: creators.AudienceByCountry, Key: "FR", PPM: 600_000}) || got[1].PPM != 300_000 {
		t.Errorf("%v", got)
	}
	if got := (wire.AudienceWeights{}).ToAudienceParts(creators.AudienceByAge); got == nil || len(got) != 0 {
		t.Errorf("nobody's shares are %v", got)
	}
	wild := wire.AudienceWeights{}
	for i := range 200 {
		wild.AddWeight(fmt.Sprint(i), 1<<62)
	}
	sum := int64(0)
	for _, s := range wild.ToAudienceParts(creators.AudienceByAge) {
		sum += s.PPM
		if s.PPM <= 0 {
			t.Fatalf("a share of %d", s.PPM)
		}
	}
	if sum > 1_000_000 || sum == 0 {
		t.Errorf("the shares sum to %d", sum)
	}
	for in, want := range map[string]string{"age13-17": "13-17", "age65-": "65+", "65+": "65+", "18-24": "18-24", "age17": "", "": ""} {
		if got := wire.ParseAgeGroup(in); got != want {
			t.Errorf("age %q is %q", in, got)
		}
	}
	for in, want := range map[string]string{"F": "female", "male": "male", "user_specified": "other", "U": "other", "x": ""} {
		if got := wire.ParseGender(in); got != want {
			t.Errorf("gender %q is %q", in, got)
		}
	}
}

func TestLatestEndsAndCountsOnce(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0)
	post := func(id string, daysAgo int) creators.PlatformPost {
		return creators.PlatformPost{ID: id, PostedAt: now.AddDate(0, 0, -daysAgo)}
	}
	for name, c := range map[string]struct {
		next  func(at int) int
		pages int
	}{"moves": {func(at int) int { return at + 1 }, 6}, "stands still": {func(int) int { return 1 }, 2}} {
		pages := 0
		got, err := wire.ReadLatestPosts(t.Context(), now, func(_ context.Context, at, most int) (wire.PostPage[int], error) {
			pages++
			if most < 1 || most > wire.MaxLatestPosts {
				t.Errorf("%d are wanted", most)
			}
			return wire.PostPage[int]{Posts: []creators.PlatformPost{post("b", 2), post("a", 1), post("", 1), post("late", -3), {ID: "undated"}}, Next: c.next(at), More: true}, nil
		})
		if err != nil || len(got) != 2 || got[0].ID != "a" || pages != c.pages {
			t.Errorf("a list that %s: %d pages, %v, %v", name, pages, got, err)
		}
	}
	got, _ := wire.ReadLatestPosts(t.Context(), now, func(_ context.Context, at, _ int) (wire.PostPage[int], error) {
		page := wire.PostPage[int]{Next: at + 1, More: true}
		for i := range 20 {
			page.Posts = append(page.Posts, post(fmt.Sprint(at, i), i))
		}
		return page, nil
	})
	if len(got) != wire.MaxLatestPosts {
		t.Errorf("%d posts", len(got))
	}
	if got, err := wire.ReadLatestPosts(t.Context(), now, func(context.Context, int, int) (wire.PostPage[int], error) { return wire.PostPage[int]{}, nil }); got == nil || err != nil {
		t.Errorf("no posts are %v, %v", got, err)
	}
}

func TestCallsAreLimitedAndTellNothing(t *testing.T) {
	t.Parallel()
	s := wiretest.NewStubServer(t).SetAnswers("GET /secret",
		wiretest.AnswerWith(200, strings.Repeat(" ", wire.MaxBodyBytes)+"{}"), wiretest.AnswerWith(302, ""), wiretest.AnswerWith(401, "<html>"), wiretest.AnswerWith(200, " "), wiretest.AnswerWith(200, "{"))
	c := wire.NewClient("p", nil, 0)
	for i, want := range []error{creators.ErrPlatformBusy, creators.ErrPlatformBusy, creators.ErrReconnect, nil, creators.ErrPlatformBusy} {
		var into struct{}
		if _, err := c.GetJSON(t.Context(), "w", s.URL+"/secret", nil, http.Header{"Authorization": {"Bearer t0ken"}}, &into); !errors.Is(err, want) {
			t.Errorf("answer %d: %v, want %v", i, err, want)
		}
	}
	for _, address := range []string{"http://[::1]:1/x?access_token=t0ken", "http://[", "http://127.0.0.1:0/?access_token=t0ken"} {
		var into struct{}
		_, err := c.GetJSON(t.Context(), "w", address, nil, nil, &into)
		if err == nil || strings.Contains(err.Error(), "t0ken") {
			t.Errorf("%v", err)
		}
	}
}

func TestARenewedTokenKeepsWhatIsNotSaidAgain(t *testing.T) {
	t.Parallel()
	end := time.Unix(1_800_000_000, 0)
	old := creators.PlatformToken{Access: "a", Refresh: "r", Scopes: []string{"s"}, RefreshExpiresAt: end}
	if got := wire.MergeRefreshedToken(old, creators.PlatformToken{Access: "b"}); got.Access != "b" || got.Refresh != "r" || !slices.Equal(got.Scopes, old.Scopes) || !got.RefreshExpiresAt.Equal(end) {
		t.Errorf("%#v", got)
	}
	if got := wire.MergeRefreshedToken(old, creators.PlatformToken{Access: "b", Refresh: "q", Scopes: []string{"t"}}); got.Refresh != "q" || got.Scopes[0] != "t" || !got.RefreshExpiresAt.IsZero() {
		t.Errorf("%#v", got)
	}
}

func TestFreshIsFiveMinutesEitherWay(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0)
	for after, want := range map[time.Duration]bool{0: true, -300 * time.Second: true, 300 * time.Second: true, -301 * time.Second: false, 301 * time.Second: false} {
		if wire.IsFreshMessage(now.Add(after), now) != want {
			t.Errorf("%v: %v", after, !want)
		}
	}
}

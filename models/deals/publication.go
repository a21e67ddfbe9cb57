package deals

import (
	"errors"
	"slices"
	"strings"

	"tribemarket/models"
	"tribemarket/models/platform"
	"tribemarket/models/text"
)

// Publication is the URL at which a deliverable is public.
type Publication struct {
	URL    string // in canonical form; "" for a live or a story without one
	Key    string // the platform's id of the post; "" when the URL does not contain it
	Proven bool   // the URL itself shows that the post is the creator's
}

// ReadPublication reads the URL that a creator gives for a deliverable. handles are the
// creator's own on the platform, in lower case. Errors name the field "address".
func ReadPublication(on, format, address string, handles []string) (Publication, error) {
	address = strings.TrimSpace(address)
	if address == "" {
		if format != "video" {
			return Publication{}, nil
		}
		return Publication{}, wrongAddress("deals.address.missing", on)
	}
	p, err := platform.ParsePost(on, address)
	switch {
	case errors.Is(err, platform.ErrShortURL):
		return Publication{}, wrongAddress("deals.address.short", on)
	case errors.Is(err, platform.ErrOtherSite):
		return Publication{}, wrongAddress("deals.address.elsewhere", on)
	case err != nil:
		return Publication{}, wrongAddress("deals.address.malformed", on)
	case p.Handle != "" && len(handles) > 0 && !slices.Contains(handles, p.Handle):
		return Publication{}, wrongAddress("deals.address.not_yours", on, "handle", text.SingleLine(p.Handle), "own", "@"+strings.Join(handles, ", @"))
	case p.Key == "" && format == "video":
		return Publication{}, wrongAddress("deals.address.no_post", on)
	}
	proven := on == platform.TikTok && format == "video" && p.Key != "" && slices.Contains(handles, p.Handle)
	return Publication{URL: p.URL, Key: p.Key, Proven: proven}, nil
}

func wrongAddress(key, on string, more ...any) error {
	return models.Invalid("address", key, append([]any{"example", platform.ExamplePostURL(on)}, more...)...)
}

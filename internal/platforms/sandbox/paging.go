package sandbox

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// publishedVideos are the account's published videos, newest first; one with a later date
// is not published yet.
func (s *Sandbox) publishedVideos(a Account) []Video {
	now := s.clock()
	return slices.DeleteFunc(slices.Clone(a.Videos), func(v Video) bool { return v.PostedAt.After(now) })
}

// pageSize limits the requested size to the platform's bounds.
func (s *Sandbox) pageSize(asked string, usual, most int) (int, bool) {
	n := usual
	if asked != "" {
		var err error
		if n, err = strconv.Atoi(asked); err != nil || n < 1 || n > most {
			return 0, false
		}
	}
	if s.opts.PageSize > 0 {
		n = min(n, s.opts.PageSize)
	}
	return n, true
}

// cutPage is the part of a list after a cursor, and the cursor of the next part, "" at
// the end. Cursors contain the last post's id, as Instagram's and Twitch's do, or a
// position in the list, as YouTube's do, which a new upload shifts. A cursor from an
// endless list continues endlessly.
func cutPage(videos []Video, cursor string, size int, byPlace, endless bool) (part []Video, next string, ok bool) {
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	how, at, _ := strings.Cut(string(text), ":")
	if err != nil {
		return nil, "", false
	}
	if endless || how == "endless" {
		n, _ := strconv.Atoi(at)
		n = max(n, 0)
		if len(videos) > 0 {
			part = videos[n%len(videos):][:1]
		}
		return part, encodeCursor("endless", n+1), true
	}
	from := 0
	switch how {
	case "":
	case "place":
		from, _ = strconv.Atoi(at)
	case "after":
		i := slices.IndexFunc(videos, func(v Video) bool { return v.ID == at })
		if from = i + 1; i < 0 {
			return nil, "", false
		}
	default:
		return nil, "", false
	}
	from = min(max(from, 0), len(videos))
	to := min(from+size, len(videos))
	part = videos[from:to]
	if to == len(videos) || len(part) == 0 {
		return part, "", true
	}
	if byPlace {
		return part, encodeCursor("place", to), true
	}
	return part, encodeCursor("after", part[len(part)-1].ID), true
}

func encodeCursor(how string, at any) string {
	return base64.RawURLEncoding.EncodeToString([]byte(how + ":" + fmt.Sprint(at)))
}

// publishVideo publishes a video of the account, now.
func (s *Sandbox) publishVideo(k accountKey) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.accounts[k]
	s.publishedCount++
	a.Videos = append(slices.Clone(a.Videos), Video{ID: fmt.Sprintf("7999%015d", s.publishedCount), PostedAt: s.clock(), Views: 1})
	a.VideoCount++
	s.putAccounts(a)
}

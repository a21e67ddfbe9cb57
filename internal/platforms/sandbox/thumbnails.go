package sandbox

import (
	"cmp"
	"hash/fnv"
	"net/http"
	"slices"

	"tribemarket/models/text"
	"tribemarket/static/art"
)

// thumbnailURL is where a platform has a video's thumbnail.
func thumbnailURL(r *http.Request, d *oauthDialect, v Video) string {
	return cmp.Or(v.ThumbnailURL, "http://"+r.Host+"/"+d.name+"/vi/"+v.ID)
}

// showThumbnail serves a drawing for a video, one that suits its hashtags if there is one.
func (s *Sandbox) showThumbnail(w http.ResponseWriter, r *http.Request) {
	h := fnv.New32a()
	_, _ = h.Write([]byte(r.PathValue("id")))
	all := art.Works()
	if suited := suitedDrawings(s.titleOf(r.PathValue("id"))); len(suited) > 0 {
		all = suited
	}
	w.Header().Set("Content-Type", "image/png")
	http.ServeFileFS(w, r, art.Files, all[int(h.Sum32()%uint32(len(all)))].File(480))
}

func suitedDrawings(title string) []art.Drawing {
	tags := text.FindHashtags(title)
	return slices.DeleteFunc(art.Works(), func(d art.Drawing) bool {
		return !slices.ContainsFunc(d.Tribes, func(t string) bool { return slices.Contains(tags, t) })
	})
}

// titleOf is the title of a video.
func (s *Sandbox) titleOf(id string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.accounts {
		for _, v := range a.Videos {
			if v.ID == id {
				return v.Title
			}
		}
	}
	return ""
}

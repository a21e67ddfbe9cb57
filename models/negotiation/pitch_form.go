package negotiation

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	"tribemarket/models/files"
	"tribemarket/models/platform"
	"tribemarket/models/text"
)

// PitchForm is what a creator types about themselves, besides the offer.
type PitchForm struct {
	About    string         `form:"about"`
	Audience string         `form:"my_audience"`
	Works    []string       `form:"works"` // public ids
	Posts    []ExampleField `form:"posts"`
}

// ExampleField is the URL of a post.
type ExampleField struct {
	URL string `form:"url"`
}

// readWords reads the pitch's own words; the idea is the message of its offer.
func (f PitchForm) readWords(idea string) (about, audience string, wrong models.Fields) {
	about, audience = text.Paragraphs(f.About), text.Paragraphs(f.Audience)
	for _, x := range []struct{ field, words string }{{"about", about}, {"my_audience", audience}, {"message", text.Paragraphs(idea)}} {
		switch n := text.Length(x.words); {
		case n == 0:
			wrong.Add(x.field, "negotiation.invalid.pitch."+x.field)
		case n > MaxPitchText && x.field != "message":
			wrong.Add(x.field, "terms.invalid.long", "most", MaxPitchText)
		}
	}
	return about, audience, wrong
}

// readExamples reads which works and posts the creator shows.
func (f PitchForm) readExamples(q *gorm.DB, creatorID int64) (all []Example, wrong models.Fields, err error) {
	shown, err := files.PicturesOfCreators(q, []int64{creatorID}, files.MaxWorks)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range shown[creatorID].Works {
		if slices.Contains(f.Works, p.PublicID) {
			all = append(all, Example{Work: &Work{p.PublicID, p.Alt, p.Colour, p.Width, p.Height}, Shown: true})
		}
	}
	if len(all) > MaxPitchWorks {
		wrong.Add("works", "negotiation.invalid.pitch.works", "most", MaxPitchWorks)
	}
	for i, x := range f.Posts {
		if strings.TrimSpace(x.URL) == "" {
			continue
		}
		if i >= MaxPitchPosts {
			wrong.Add("posts[0].url", "terms.invalid.many", "most", MaxPitchPosts)
			break
		}
		example, err := readPost(q, creatorID, x.URL)
		var e *models.Error
		switch {
		case errors.As(err, &e) && len(e.Fields) > 0:
			wrong.Add(fmt.Sprintf("posts[%d].url", i), e.Fields[0].Key, e.Fields[0].Args...)
		case err != nil:
			return nil, nil, err
		default:
			all = append(all, example)
		}
	}
	return all, wrong, nil
}

// readPost reads the URL of a post, which must be on one of the creator's own accounts as
// far as the URL tells.
func readPost(q *gorm.DB, creatorID int64, address string) (Example, error) {
	on := platform.OfURL(address)
	handles, err := creators.HandleKeys(q, creatorID, on)
	if err != nil {
		return Example{}, err
	}
	if len(handles) == 0 {
		return Example{}, models.Invalid("address", "negotiation.invalid.pitch.post")
	}
	p, err := deals.ReadPublication(on, "video", address, handles)
	return Example{Platform: on, URL: p.URL, Shown: true}, err
}

// row is a pitch as it is stored.
func (p Pitch) row(negotiationID int64) (pitchRow, error) {
	figures, err := json.Marshal(p.Figures)
	if err != nil {
		return pitchRow{}, err
	}
	examples := []byte("[]")
	if len(p.Examples) > 0 {
		examples, err = json.Marshal(p.Examples)
	}
	return pitchRow{negotiationID, p.About, p.Audience, string(figures), string(examples)}, err
}

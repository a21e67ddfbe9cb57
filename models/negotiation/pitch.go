package negotiation

import (
	"encoding/json"
	"slices"

	"tribemarket/models"
	"tribemarket/models/creators"
)

// Bounds of a pitch's own words and examples.
const (
	MaxPitchText  = 1500
	MaxPitchWorks = 4
	MaxPitchPosts = 3
)

// Pitch is what a creator says of themselves with the offer by which they began a
// negotiation. What they propose is that offer's message, what they ask its terms.
type Pitch struct {
	About    string // who they are
	Audience string // whom they reach
	Figures  []creators.FrozenFigures
	Examples []Example
}

// Example is something that a creator has made: a work that the house shows, or a post.
type Example struct {
	Work     *Work  `json:"work,omitempty"`
	Platform string `json:"platform,omitempty"`
	URL      string `json:"url,omitempty"` // of a post
	Shown    bool   `json:"-"`             // false for a work that has been removed or hidden since
}

// Work is a picture among the works of a creator.
type Work struct {
	ID     string `json:"id"` // public
	Alt    string `json:"alt"`
	Colour string `json:"colour"`
	Width  int64  `json:"width"`
	Height int64  `json:"height"`
}

// IsPitch says whether a creator began the negotiation and no other offer followed.
func (n Negotiation) IsPitch() bool { return isPitch(n.Began, n.Latest.Number) }

func isPitch(began models.Side, offer int) bool { return began == models.SideCreator && offer == 1 }

type pitchRow struct {
	NegotiationID int64 `gorm:"primaryKey"`
	About         string
	Audience      string
	Figures       string // as JSON
	Examples      string // as JSON
}

func (pitchRow) TableName() string { return "pitches" }

func (r pitchRow) pitch() (*Pitch, error) {
	p := &Pitch{About: r.About, Audience: r.Audience}
	if err := json.Unmarshal([]byte(r.Figures), &p.Figures); err != nil {
		return nil, models.Internal("read the figures of a pitch", err)
	}
	if err := json.Unmarshal([]byte(r.Examples), &p.Examples); err != nil {
		return nil, models.Internal("read the examples of a pitch", err)
	}
	return p, nil
}

// readPitch is a pitch as it was read with an offer; nil for none. Works are the public ids
// of those that are still shown.
func readPitch(r pitchRow, works string) (*Pitch, error) {
	if r.Figures == "" {
		return nil, nil
	}
	p, err := r.pitch()
	if err != nil {
		return nil, err
	}
	shown := splitList(works)
	for i, x := range p.Examples {
		p.Examples[i].Shown = x.Work == nil || slices.Contains(shown, x.Work.ID)
	}
	return p, nil
}

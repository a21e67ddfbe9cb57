package negotiation

import (
	"slices"
	"strings"
	"time"

	"tribemarket/models/creators"
)

// Bounds of what a door asks for.
const (
	MaxDoorTribes    = 12
	MaxDoorCountries = 12
	MaxDoorFollowers = 1_000_000_000
)

// Door is whose pitches a brand takes. The zero Door is open to every creator.
type Door struct {
	Closed    bool
	Tribes    []string // slugs, of which the creator needs one; empty for any
	Countries []string // in one of which the creator lives; empty for anywhere
	Followers int64    // that the creator's largest account needs
}

// IsNarrow says whether an open door is open to some creators only.
func (d Door) IsNarrow() bool {
	return !d.Closed && (len(d.Tribes) > 0 || len(d.Countries) > 0 || d.Followers > 0)
}

// Obstacles lists what the door asks for and a creator does not have.
func (d Door) Obstacles(r creators.Reach) []Obstacle {
	if d.Closed {
		return []Obstacle{{Kind: DoorClosed}}
	}
	var all []Obstacle
	if len(d.Tribes) > 0 && !slices.ContainsFunc(d.Tribes, func(t string) bool { return slices.Contains(r.Tribes, t) }) {
		all = append(all, Obstacle{Kind: WrongTribe})
	}
	if len(d.Countries) > 0 && !slices.Contains(d.Countries, r.Country) {
		all = append(all, Obstacle{Kind: WrongCountry})
	}
	if r.Followers < d.Followers {
		all = append(all, Obstacle{Kind: TooSmall})
	}
	return all
}

// doorRow is a door as stored. A brand without a row has the zero Door.
type doorRow struct {
	BrandID   int64 `gorm:"primaryKey"`
	Closed    bool
	Tribes    string // ,a,b,
	Countries string // ,BE,FR,
	Followers int64
	ChangedBy int64
	ChangedAt time.Time
}

func (doorRow) TableName() string { return "pitch_doors" }

func (r doorRow) door() Door {
	return Door{Closed: r.Closed, Tribes: splitList(r.Tribes), Countries: splitList(r.Countries), Followers: r.Followers}
}

// splitList reads what joinList wrote.
func splitList(s string) []string {
	if s = strings.Trim(s, ","); s == "" {
		return nil
	}
	return strings.Split(s, ",")
}

func joinList(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return "," + strings.Join(slices.Compact(slices.Sorted(slices.Values(words))), ",") + ","
}

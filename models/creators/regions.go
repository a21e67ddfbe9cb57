package creators

import (
	_ "embed"
	"encoding/json"
	"strings"
	"sync"
)

// CountryRegions are the regions of a country that creators can choose, ordered
// by name.
type CountryRegions struct {
	Country string   `json:"country"` // ISO 3166-1 alpha-2
	Regions []Region `json:"regions"`
}

// Region is a subdivision of ISO 3166-2, at the level at which people say where
// they live.
type Region struct {
	Code string `json:"code"` // with its country, such as FR-IDF
	Name string `json:"name"` // in the languages of the place
}

//go:embed regions.json
var regionsJSON []byte

var knownRegions = sync.OnceValue(func() []CountryRegions {
	var all []CountryRegions
	if err := json.Unmarshal(regionsJSON, &all); err != nil {
		panic("the regions that are part of the program: " + err.Error())
	}
	return all
})

// Regions lists the countries whose regions creators can choose.
func Regions() []CountryRegions { return knownRegions() }

// RegionByCode returns the region with a code, and its country.
func RegionByCode(code string) (r Region, country string, ok bool) {
	country, _, _ = strings.Cut(code, "-")
	for _, c := range knownRegions() {
		if c.Country != country {
			continue
		}
		for _, r := range c.Regions {
			if r.Code == code {
				return r, country, true
			}
		}
	}
	return Region{}, "", false
}

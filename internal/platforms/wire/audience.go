package wire

import (
	"cmp"
	"slices"
	"strings"

	"tribemarket/models/creators"
)

// AudienceWeights are the parts of an audience by country, age group or gender, in any
// unit; an unknown part ("") counts towards the total.
type AudienceWeights map[string]int64

// maxAudienceParts is the maximum number of parts kept per kind.
const maxAudienceParts = 50

// maxWeight keeps a sum of weights, times a million, within an int64.
const maxWeight = 1 << 40

// AddWeight adds a part; an invalid weight is ignored.
func (w AudienceWeights) AddWeight(key string, weight int64) {
	if weight > 0 {
		w[key] = min(w[key]+min(weight, maxWeight), maxWeight)
	}
}

// ToAudienceParts returns the weights as shares of their sum, largest first; together
// they never exceed the whole.
func (w AudienceWeights) ToAudienceParts(kind creators.AudienceDimension) []creators.AudiencePart {
	var sum int64
	for _, weight := range w {
		sum += weight
	}
	// Both are reduced together until a multiplication by a million fits.
	var shift uint
	for sum>>shift > maxWeight {
		shift++
	}
	shares := []creators.AudiencePart{}
	for key, weight := range w {
		if ppm := (weight >> shift) * 1_000_000 / max(sum>>shift, 1); key != "" && ppm > 0 {
			shares = append(shares, creators.AudiencePart{Kind: kind, Key: key, PPM: ppm})
		}
	}
	slices.SortFunc(shares, func(a, b creators.AudiencePart) int {
		return cmp.Or(cmp.Compare(b.PPM, a.PPM), strings.Compare(a.Key, b.Key))
	})
	return shares[:min(len(shares), maxAudienceParts)]
}

// ageGroups are the age groups as in creators.AudienceShare; a platform may have fewer.
var ageGroups = []string{"13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+"}

// ParseAgeGroup maps a platform's age group to ours, "" for an unknown one.
func ParseAgeGroup(group string) string {
	group = strings.TrimPrefix(group, "age")
	if group == "65-" {
		group = "65+"
	}
	if !slices.Contains(ageGroups, group) {
		return ""
	}
	return group
}

// ParseGender maps a platform's gender to ours, "" for an unknown one.
func ParseGender(word string) string {
	switch strings.ToLower(word) {
	case "female", "f":
		return "female"
	case "male", "m":
		return "male"
	case "user_specified", "u":
		return "other"
	}
	return ""
}

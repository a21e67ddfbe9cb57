package wire

import (
	"cmp"
	"slices"
	"strings"

	"tribemarket/models/creators"
)

// AudienceWeights are the parts of an audience by country, age group or gender, in
// whatever unit; what has no key here ("") counts to the whole.
type AudienceWeights map[string]int64

// maxAudienceParts is how many parts of one kind are kept.
const maxAudienceParts = 50

// maxWeight keeps a sum of weights, times a million, within an int64.
const maxWeight = 1 << 40

// AddWeight counts a part; what is no weight is left out.
func (w AudienceWeights) AddWeight(key string, weight int64) {
	if weight > 0 {
		w[key] = min(w[key]+min(weight, maxWeight), maxWeight)
	}
}

// ToAudienceParts are the weights as parts of their sum, largest first; they never sum
// to more than the whole.
func (w AudienceWeights) ToAudienceParts(kind creators.AudienceDimension) []creators.AudiencePart {
	var sum int64
	for _, weight := range w {
		sum += weight
	}
	// Both are made smaller together until a million fits.
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

// ageGroups are the groups in the words of creators.Share; a platform may have fewer.
var ageGroups = []string{"13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+"}

// ParseAgeGroup is a platform's age group in our words, "" for one that is not known.
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

// ParseGender is a platform's word in ours, "" for one that is not known.
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

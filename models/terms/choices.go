package terms

import (
	"slices"

	"tribemarket/models/content"
	"tribemarket/models/platform"
)

// PoliticalObjective is refused unless an administrator allows it.
const PoliticalObjective = "political"

// Objectives lists what a brand wants with the content.
func Objectives() []string {
	return []string{"awareness", "traffic", "sales", "launch", "event", "recruiting", PoliticalObjective}
}

// ContentTypes lists what a deliverable can be.
func ContentTypes() []string { return append(content.Types(), OtherType) }

// Platforms lists where a format can be published.
func Platforms(format string) []string {
	return slices.DeleteFunc(platform.Names(), func(p string) bool {
		return format == "story" && p != platform.TikTok && p != platform.Instagram
	})
}

// AnyChannel is every channel.
const AnyChannel = "any"

// Uses lists how content may be used: unpaid, as advertising that the brand pays for, or both.
func Uses() []string { return []string{"organic", "paid", "both"} }

// Channels lists where a brand may use content.
func Channels() []string {
	return []string{AnyChannel, "social", "website", "newsletter", "shop", "print", "outdoor", "television"}
}

// WhitelistingDays lists for how long a post may be advertised; platforms' codes are for
// these (TikTok's Spark codes: 7, 30, 60 or 365 days).
func WhitelistingDays() []int { return []int{7, 30, 60, 365} }

// The uses of artificial intelligence in content.
const (
	AINone            = "none"
	AIAssistance      = "assistance"
	AISyntheticPerson = "synthetic_person"
	AIClonedVoice     = "cloned_voice"
)

// AIUses lists the uses of artificial intelligence.
func AIUses() []string { return []string{AINone, AIAssistance, AISyntheticPerson, AIClonedVoice} }

// The outcomes of a dispute that nobody decides.
const (
	SplitByApproved = "split" // by what was approved
	ToCreator       = "creator"
	ToBrand         = "brand"
)

// Outcomes lists what can happen if a dispute is not decided.
func Outcomes() []string { return []string{SplitByApproved, ToCreator, ToBrand} }

// Metrics lists the results that can be promised.
func Metrics() []string { return []string{"views", "engagements"} }

// Languages lists those of contracts.
func Languages() []string { return []string{"en", "fr", "nl"} }

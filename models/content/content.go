// Package content names what creators make: types and forms of sponsored posts, and the
// categories of the products that they are about.
package content

// Types lists what a sponsored post can be.
func Types() []string { return []string{"challenge", "tutorial", "unboxing", "review"} }

// Formats lists the forms in which a post can be published.
func Formats() []string { return []string{"video", "live", "story"} }

// Categories lists what a sponsored product can be; OtherCategory is everything else.
// Those from alcohol on are the ones that are restricted by law or avoided by many
// creators.
func Categories() []string {
	return []string{
		"beauty", "fashion", "food", "home", "tech", "games", "travel", "sport", "culture", "education", "finance", "kids", "pets",
		"alcohol", "tobacco", "gambling", "crypto", "medicine", "surgery", "adult", "politics", OtherCategory,
	}
}

// OtherCategory is the one category that nobody can refuse.
const OtherCategory = "other"

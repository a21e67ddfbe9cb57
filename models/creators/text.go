package creators

import (
	"tribemarket/models/text/words"
)

// How long texts may be, in characters.
const (
	longestName    = 80
	longestBio     = 500
	longestCaption = 4000
)

// searchText is what the words of a search are looked for in: the name and
// handles, then the rest.
func (c *Creator) searchText(handles []string) string {
	return words.Text(append([]string{c.Name}, handles...), []string{c.Bio, c.Hashtags})
}

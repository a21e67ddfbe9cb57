package creators

import (
	"tribemarket/models/text/words"
)

// How long texts may be, in characters.
const (
	maxNameLength    = 80
	maxBioLength     = 500
	maxCaptionLength = 4000
)

// searchText is what the words of a search are looked for in: the name and
// handles, then the rest.
func (c *Creator) searchText(handles []string) string {
	return words.Text(append([]string{c.Name}, handles...), []string{c.Bio, c.Hashtags})
}

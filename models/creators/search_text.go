package creators

import (
	"tribemarket/models/text/words"
)

// Maximum lengths of texts, in characters.
const (
	maxNameLength    = 80
	maxBioLength     = 500
	maxCaptionLength = 4000
)

// searchText is the text that searches look for words in: the name and handles,
// then the rest.
func (c *Creator) searchText(handles []string) string {
	return words.Text(append([]string{c.Name}, handles...), []string{c.Bio, c.Hashtags})
}

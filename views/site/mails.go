package site

import "strings"

// part is a part of a mail's text; one with a URL is a link.
type part struct{ text, href string }

// textAndLinks finds the URLs in a mail's text, each standing alone between spaces.
func textAndLinks(text string) []part {
	var all []part
	var plain strings.Builder
	for len(text) > 0 {
		end := strings.IndexAny(text, " \n\r\t")
		switch end {
		case -1:
			end = len(text)
		case 0:
			end = 1
		}
		word := text[:end]
		text = text[end:]
		if !strings.HasPrefix(word, "https://") && !strings.HasPrefix(word, "http://") {
			plain.WriteString(word)
			continue
		}
		address := strings.TrimRight(word, ".,;:)")
		all = append(all, part{text: plain.String()}, part{address, address})
		plain.Reset()
		plain.WriteString(word[len(address):])
	}
	return append(all, part{text: plain.String()})
}

package text

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// MaxHashtagRunes is more than any platform lets people write.
const MaxHashtagRunes = 100

// FindHashtags finds the hashtags in texts of any script: without their sign, in
// NFKC and lower case, each once, in the order of the texts. Figures alone
// ("#1") are none, and neither is a sign inside a word or an address.
func FindHashtags(texts ...string) []string {
	var found []string
	for _, text := range texts {
		r := []rune(norm.NFKC.String(strings.ToLower(norm.NFKC.String(text))))
		for i, chained := 0, false; i < len(r); {
			// In "#one#two" the second sign follows a letter and is a hashtag all the same.
			if r[i] != '#' || i > 0 && !chained && blocksHashtag(r[i-1]) {
				i, chained = i+1, false
				continue
			}
			end := i + 1
			for end < len(r) && isHashtagRune(r[end]) {
				end++
			}
			if tag, ok := cleanHashtag(r[i+1 : end]); ok && !slices.Contains(found, tag) {
				found = append(found, tag)
			}
			i, chained = end, end > i+1
		}
	}
	return found
}

// isHashtagRune: letters, their marks and figures of any script, the underscore,
// and the joiners without which some scripts cannot be written.
func isHashtagRune(r rune) bool {
	return unicode.In(r, unicode.L, unicode.M, unicode.N) || r == '_' || isJoiner(r)
}

func isJoiner(r rune) bool { return r == '\u200c' || r == '\u200d' }

// blocksHashtag: a sign after these is part of a word, an address or an HTML entity.
func blocksHashtag(r rune) bool {
	return isHashtagRune(r) || r == '#' || r == '&' || r == '/' || r == '='
}

// cleanHashtag drops joiners that an emoji left at the end, and refuses what has no letter.
func cleanHashtag(r []rune) (string, bool) {
	for len(r) > 0 && isJoiner(r[len(r)-1]) {
		r = r[:len(r)-1]
	}
	if len(r) > MaxHashtagRunes || !slices.ContainsFunc(r, unicode.IsLetter) {
		return "", false
	}
	return string(r), true
}

// catchAllHashtags are hashtags under which anything is posted: they ask for reach, name
// a platform or a kind of post, or mark an ad. Two creators who use them are not
// alike for it.
var catchAllHashtags = func() map[string]bool {
	all := map[string]bool{}
	for tag := range strings.FieldsSeq(`
		fyp fy fyy fypage fypp fypシ fypviral foryou foryoupage foryourpage
		parati paratii pourtoi pourtoii pourtoipage perte neiperte voorjou voorjoupagina fürdich fuerdich keşfet
		viral viralvideo viralvideos viraltiktok virall goviral trending trend trends trendy xyzbca xyzabc xyzcba blowthisup
		tiktok tiktoks tiktoker tiktokers tiktokviral youtube youtuber youtubeshorts shorts ytshorts
		instagram insta instagood instadaily instareels reels reel reelsinstagram reelsviral explore explorepage twitch twitchclips
		duet dueto duetto dúo stitch greenscreen repost capcut
		follow followme follow4follow like likes like4like likeforlike
		ad ads anzeige werbung reklame advertentie samenwerking publicité collaboration collab sponsored gifted paidpartnership`) {
		all[tag] = true
	}
	return all
}()

// TopicalHashtags are those of some hashtags that tell what posts are about.
func TopicalHashtags(tags []string) []string {
	return slices.DeleteFunc(tags, func(tag string) bool { return catchAllHashtags[tag] })
}

package text

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// MaxHashtagRunes is longer than any platform allows.
const MaxHashtagRunes = 100

// FindHashtags finds the hashtags in texts of any script: without the #, in NFKC and
// lower case, each once, in the order of the texts. Digits alone ("#1") are not a
// hashtag, nor is a # inside a word or a URL.
func FindHashtags(texts ...string) []string {
	var found []string
	for _, text := range texts {
		r := []rune(norm.NFKC.String(strings.ToLower(norm.NFKC.String(text))))
		for i, chained := 0, false; i < len(r); {
			// In "#one#two" the second # follows a letter and still begins a hashtag.
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

// isHashtagRune accepts letters, marks and digits of any script, the underscore, and the
// joiners that some scripts require.
func isHashtagRune(r rune) bool {
	return unicode.In(r, unicode.L, unicode.M, unicode.N) || r == '_' || isJoiner(r)
}

func isJoiner(r rune) bool { return r == '\u200c' || r == '\u200d' }

// blocksHashtag says whether a # after the character is part of a word, a URL or an HTML
// entity.
func blocksHashtag(r rune) bool {
	return isHashtagRune(r) || r == '#' || r == '&' || r == '/' || r == '='
}

// cleanHashtag drops trailing joiners left by an emoji, and refuses a hashtag without a
// letter.
func cleanHashtag(r []rune) (string, bool) {
	for len(r) > 0 && isJoiner(r[len(r)-1]) {
		r = r[:len(r)-1]
	}
	if len(r) > MaxHashtagRunes || !slices.ContainsFunc(r, unicode.IsLetter) {
		return "", false
	}
	return string(r), true
}

// catchAllHashtags are hashtags that are used on posts about anything: they ask for
// reach, name a platform or a kind of post, or mark an ad. Sharing them does not make two
// creators similar.
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

// TopicalHashtags keeps the hashtags that say what posts are about.
func TopicalHashtags(tags []string) []string {
	return slices.DeleteFunc(tags, func(tag string) bool { return catchAllHashtags[tag] })
}

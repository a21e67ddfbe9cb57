package creators

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"tribemarket/models/text"
)

// Tribe is a Niche community.
type Tribe struct {
	Slug         string            `json:"slug"`    // beautytok
	Display      string            `json:"display"` // BeautyTok
	Mark         string            `json:"mark"`    // the shape of its mark
	Hue          int               `json:"hue"`     // 0 to 35, in steps of ten degrees
	Names        map[string]string `json:"names"`   // by language
	Descriptions map[string]string `json:"descriptions"`
	Categories   []string          `json:"categories"` // words used in lists and on platforms, folded
	Hashtags     []string          `json:"hashtags"`   // without #, folded
	Hidden       bool              `json:"-"`          // by an administrator: can be neither found nor chosen
	Edited       bool              `json:"-"`          // by an administrator
}

// Name returns the tribe's name in a language, the English one if the language is unknown.
func (t Tribe) Name(locale string) string { return localisedText(t.Names, locale) }

// Description returns one line about the tribe in a language.
func (t Tribe) Description(locale string) string { return localisedText(t.Descriptions, locale) }

func localisedText(texts map[string]string, locale string) string {
	if s, ok := texts[locale]; ok {
		return s
	}
	return texts["en"]
}

// tribesJSON is the catalogue as data. Its synonyms are words of the niche: no
// people's names, no catch-all tags like "fyp", and nothing that reveals a
// creator's religion, health, orientation or party, which are not ours to derive.
//
//go:embed tribes.json
var tribesJSON []byte

// TribeCatalogue holds all tribes. It is immutable.
type TribeCatalogue struct {
	tribes     []Tribe
	bySlug     map[string]int
	byHashtag  map[string]int
	byCategory map[string]int
	version    int64 // of the latest change, see TribeEdit
}

// NewTribeCatalogue reads the catalogue that is part of the program.
func NewTribeCatalogue() (*TribeCatalogue, error) { return parseCatalogue(tribesJSON) }

func parseCatalogue(data []byte) (*TribeCatalogue, error) {
	var all []Tribe
	if err := json.Unmarshal(data, &all); err != nil {
		return nil, fmt.Errorf("the catalogue of tribes: %w", err)
	}
	return newCatalogue(all)
}

func newCatalogue(all []Tribe) (*TribeCatalogue, error) {
	c := &TribeCatalogue{tribes: all, bySlug: map[string]int{}, byHashtag: map[string]int{}, byCategory: map[string]int{}}
	for i, t := range c.tribes {
		if err := c.indexWords(c.bySlug, i, t.Slug); err != nil {
			return nil, err
		}
		if err := c.indexWords(c.byHashtag, i, t.Hashtags...); err != nil {
			return nil, err
		}
		if err := c.indexWords(c.byCategory, i, t.Categories...); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *TribeCatalogue) indexWords(words map[string]int, tribe int, all ...string) error {
	for _, w := range all {
		if other, taken := words[w]; taken || w == "" || text.Fold(w) != w {
			return fmt.Errorf("the catalogue of tribes: %q of %s is empty, not folded or also of %s",
				w, c.tribes[tribe].Slug, c.tribes[other].Slug)
		}
		words[w] = tribe
	}
	return nil
}

// VisibleTribes lists the tribes in the catalogue's order.
func (c *TribeCatalogue) VisibleTribes() []Tribe {
	return slices.DeleteFunc(slices.Clone(c.tribes), func(t Tribe) bool { return t.Hidden })
}

// AllTribes lists the tribes, hidden ones included.
func (c *TribeCatalogue) AllTribes() []Tribe { return slices.Clone(c.tribes) }

// TribeBySlug finds a tribe by its slug.
func (c *TribeCatalogue) TribeBySlug(slug string) (Tribe, bool) { return c.findTribe(c.bySlug, slug) }

// TribeByHashtag finds the tribe that a hashtag stands for.
func (c *TribeCatalogue) TribeByHashtag(tag string) (Tribe, bool) {
	return c.findTribe(c.byHashtag, text.Fold(tag))
}

// TribeByCategory finds the tribe for a category of a list or a platform.
func (c *TribeCatalogue) TribeByCategory(category string) (Tribe, bool) {
	return c.findTribe(c.byCategory, text.Fold(text.Truncate(text.SingleLine(category), 100)))
}

func (c *TribeCatalogue) findTribe(words map[string]int, word string) (Tribe, bool) {
	i, ok := words[word]
	if !ok || c.tribes[i].Hidden {
		return Tribe{}, false
	}
	return c.tribes[i], true
}

// How tribes are derived from posts: of the latest maxDerivePosts posts, at least
// minTaggedPosts and one in minTaggedFraction carry a hashtag of the tribe; of several
// tribes the maxDerivedTribes with the most posts stay, the catalogue's order
// deciding between equals.
const (
	maxDerivePosts    = 60
	minTaggedPosts    = 2
	minTaggedFraction = 20
	maxDerivedTribes  = 3
)

// DeriveTribes finds the tribes of a creator from the hashtags of the latest posts,
// one slice for each post, the newest first.
func (c *TribeCatalogue) DeriveTribes(posts [][]string) []string {
	posts = posts[:min(len(posts), maxDerivePosts)]
	counts := make([]int, len(c.tribes))
	for _, tags := range posts {
		seen := make(map[int]bool, len(tags))
		for _, tag := range tags {
			if i, ok := c.byHashtag[tag]; ok && !seen[i] && !c.tribes[i].Hidden {
				seen[i] = true
				counts[i]++
			}
		}
	}
	var found []int
	for i, n := range counts {
		if n >= minTaggedPosts && n*minTaggedFraction >= len(posts) {
			found = append(found, i)
		}
	}
	slices.SortStableFunc(found, func(a, b int) int { return counts[b] - counts[a] })
	found = found[:min(len(found), maxDerivedTribes)]
	slugs := make([]string, len(found))
	for i, t := range found {
		slugs[i] = c.tribes[t].Slug
	}
	return slugs
}

// TribeOf is a tribe of a creator with its evidence.
type TribeOf struct {
	Tribe Tribe
	Known TribeEvidence
}

// Shown returns the tribes of a listing that the catalogue shows.
func (c *TribeCatalogue) Shown(tribes string) []string {
	return slices.DeleteFunc(strings.Split(strings.Trim(tribes, ","), ","), func(t string) bool { _, ok := c.TribeBySlug(t); return !ok })
}

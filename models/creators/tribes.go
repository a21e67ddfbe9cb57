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
	Categories   []string          `json:"categories"` // words of lists and platforms, folded
	Hashtags     []string          `json:"hashtags"`   // without their sign, folded
	Hidden       bool              `json:"-"`          // by an administrator: neither found nor chosen
	Edited       bool              `json:"-"`          // by an administrator
}

// Name is the tribe's name in a language, its English one when the language is not known.
func (t Tribe) Name(locale string) string { return in(t.Names, locale) }

// Description is one line on the tribe in a language.
func (t Tribe) Description(locale string) string { return in(t.Descriptions, locale) }

func in(texts map[string]string, locale string) string {
	if s, ok := texts[locale]; ok {
		return s
	}
	return texts["en"]
}

// tribesJSON is the catalogue as data. Its synonyms are words of the Niche:
// no people's names and no catch-all tags like "fyp", and nothing that tells a
// creator's religion, health, orientation or party, which are not ours to derive.
//
//go:embed tribes.json
var tribesJSON []byte

// Catalogue is every tribe there is. It never changes once it is made.
type Catalogue struct {
	tribes     []Tribe
	bySlug     map[string]int
	byHashtag  map[string]int
	byCategory map[string]int
	version    int64 // of the newest change, see TribeEdit
}

// NewCatalogue reads the catalogue that is part of the program.
func NewCatalogue() (*Catalogue, error) { return readCatalogue(tribesJSON) }

func readCatalogue(data []byte) (*Catalogue, error) {
	var all []Tribe
	if err := json.Unmarshal(data, &all); err != nil {
		return nil, fmt.Errorf("the catalogue of tribes: %w", err)
	}
	return newCatalogue(all)
}

func newCatalogue(all []Tribe) (*Catalogue, error) {
	c := &Catalogue{tribes: all, bySlug: map[string]int{}, byHashtag: map[string]int{}, byCategory: map[string]int{}}
	for i, t := range c.tribes {
		if err := c.note(c.bySlug, i, t.Slug); err != nil {
			return nil, err
		}
		if err := c.note(c.byHashtag, i, t.Hashtags...); err != nil {
			return nil, err
		}
		if err := c.note(c.byCategory, i, t.Categories...); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *Catalogue) note(words map[string]int, tribe int, all ...string) error {
	for _, w := range all {
		if other, taken := words[w]; taken || w == "" || text.Fold(w) != w {
			return fmt.Errorf("the catalogue of tribes: %q of %s is empty, not folded or also of %s",
				w, c.tribes[tribe].Slug, c.tribes[other].Slug)
		}
		words[w] = tribe
	}
	return nil
}

// All lists the tribes in the catalogue's order.
func (c *Catalogue) All() []Tribe {
	return slices.DeleteFunc(slices.Clone(c.tribes), func(t Tribe) bool { return t.Hidden })
}

// Everything lists the tribes with the hidden ones.
func (c *Catalogue) Everything() []Tribe { return slices.Clone(c.tribes) }

// Tribe finds a tribe by its slug.
func (c *Catalogue) Tribe(slug string) (Tribe, bool) { return c.find(c.bySlug, slug) }

// ByHashtag finds the tribe that a hashtag speaks for.
func (c *Catalogue) ByHashtag(tag string) (Tribe, bool) { return c.find(c.byHashtag, text.Fold(tag)) }

// ByCategory finds the tribe that stands behind a category of a list or a platform.
func (c *Catalogue) ByCategory(category string) (Tribe, bool) {
	return c.find(c.byCategory, text.Fold(text.Cut(text.Line(category), 100)))
}

func (c *Catalogue) find(words map[string]int, word string) (Tribe, bool) {
	i, ok := words[word]
	if !ok || c.tribes[i].Hidden {
		return Tribe{}, false
	}
	return c.tribes[i], true
}

// How tribes are derived from posts: of the latest deriveFrom posts, at least
// deriveCount and one in deriveShare carry a hashtag of the tribe; of several
// tribes the deriveMost with the most posts stay, the catalogue's order
// deciding between equals.
const (
	deriveFrom  = 60
	deriveCount = 2
	deriveShare = 20
	deriveMost  = 3
)

// Derive finds the tribes of a creator from the hashtags of the latest posts,
// one slice for each post, the newest first.
func (c *Catalogue) Derive(posts [][]string) []string {
	posts = posts[:min(len(posts), deriveFrom)]
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
		if n >= deriveCount && n*deriveShare >= len(posts) {
			found = append(found, i)
		}
	}
	slices.SortStableFunc(found, func(a, b int) int { return counts[b] - counts[a] })
	found = found[:min(len(found), deriveMost)]
	slugs := make([]string, len(found))
	for i, t := range found {
		slugs[i] = c.tribes[t].Slug
	}
	return slugs
}

// TribeOf is a tribe of a creator and how it is known.
type TribeOf struct {
	Tribe Tribe
	Known Known
}

// Shown are the tribes of a listing that the catalogue shows.
func (c *Catalogue) Shown(tribes string) []string {
	return slices.DeleteFunc(strings.Split(strings.Trim(tribes, ","), ","), func(t string) bool { _, ok := c.Tribe(t); return !ok })
}

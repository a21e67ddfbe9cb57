package creators

import "errors"

// Tribe is a niche community.
type Tribe struct {
	Slug         string            `json:"slug"`    // beautytok
	Display      string            `json:"display"` // BeautyTok
	Names        map[string]string `json:"names"`   // by language
	Descriptions map[string]string `json:"descriptions"`
	Mark         string            `json:"mark"` // the shape of its mark
	Hue          int               `json:"hue"`  // 0 to 35, in steps of ten degrees
	Hashtags     []string          `json:"hashtags"`
	Categories   []string          `json:"categories"`
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

// Catalogue is every tribe there is.
type Catalogue struct{}

// NewCatalogue reads the catalogue that is part of the program.
func NewCatalogue() (*Catalogue, error) { return nil, errors.ErrUnsupported }

// All lists the tribes in the catalogue's order.
func (c *Catalogue) All() []Tribe { return nil }

// Tribe finds a tribe by its slug.
func (c *Catalogue) Tribe(slug string) (Tribe, bool) { return Tribe{}, false }

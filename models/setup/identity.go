package setup

import (
	"context"
	"slices"

	"tribemarket/models"
	"tribemarket/models/text"
)

// MaxNameLength is how long an instance's name is at most, in characters.
const MaxNameLength = 40

// SaveIdentity saves the instance's name and language.
func (s *Store) SaveIdentity(ctx context.Context, secret, name, locale string) error {
	var wrong models.Fields
	name = text.SingleLine(name)
	switch n := text.Length(name); {
	case n == 0:
		wrong.Add("name", "accounts.error.required")
	case n > MaxNameLength:
		wrong.Add("name", "accounts.error.long", "most", MaxNameLength)
	}
	if !slices.Contains(models.Locales(), locale) {
		wrong.Add("locale", "setup.error.locale")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return s.save(ctx, secret, func(row *instanceSettings) { row.Name, row.Locale = name, locale })
}

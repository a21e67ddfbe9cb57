package setup

import (
	"context"
	"slices"

	"tribemarket/models"
	"tribemarket/models/text"
)

// MaxNameLength is how long an instance's name is at most, in characters.
const MaxNameLength = 40

// SaveIdentity saves the instance's name and language, except what the environment says.
func (s *Store) SaveIdentity(ctx context.Context, secret, name, locale string) error {
	var wrong models.Fields
	name = text.SingleLine(name)
	switch n := text.Length(name); {
	case s.environment.Name != "":
	case n == 0:
		wrong.Add("name", "accounts.error.required")
	case n > MaxNameLength:
		wrong.Add("name", "accounts.error.long", "most", MaxNameLength)
	}
	if s.environment.Locale == "" && !slices.Contains(models.Locales(), locale) {
		wrong.Add("locale", "setup.error.locale")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return s.save(ctx, secret, func(row *instanceSettings) {
		if s.environment.Name == "" {
			row.Name = name
		}
		if s.environment.Locale == "" {
			row.Locale = locale
		}
	})
}

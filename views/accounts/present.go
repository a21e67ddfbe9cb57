package accounts

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models"
)

// RoleName is the name of a role in a brand.
func RoleName(ctx context.Context, r models.Role) string {
	return i18n.T(ctx, "accounts.role."+string(r))
}

// roleDuties says what a role may do.
func roleDuties(ctx context.Context, r models.Role) string {
	return i18n.T(ctx, "accounts.role."+string(r)+".does")
}

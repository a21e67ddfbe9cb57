package privacy

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/views/paths"
)

// ExportReadme is the readme file of a data export, for the site with this name and base
// URL.
func ExportReadme(ctx context.Context, site, baseURL string) string {
	return i18n.T(ctx, "privacy.readme", "site", site, "address", baseURL+paths.AboutPrivacy()) + "\n"
}

package privacy

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/views/paths"
)

// ExportReadme is the text file beside a person's data, of the site of this name
// and base URL.
func ExportReadme(ctx context.Context, site, baseURL string) string {
	return i18n.T(ctx, "privacy.readme", "site", site, "address", baseURL+paths.AboutPrivacy()) + "\n"
}

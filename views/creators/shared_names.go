package creators

import (
	"context"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/creators"
)

// ShareName names a part of an audience.
func ShareName(ctx context.Context, x creators.AudienceShare) string {
	return shareName(ctx, x.Kind, x.Key)
}

// ShareSource says where a part of an audience is known from, and how old it is.
func ShareSource(ctx context.Context, x creators.AudienceShare, now time.Time) string {
	d, err := models.ParseDate(x.AsOf)
	if err != nil {
		return ""
	}
	_, _, text := sourceState(ctx, creators.Account{Source: x.Source, AsOf: d.StartIn(time.UTC)}, now)
	return text
}

// FormatName names a format: "Video".
func FormatName(ctx context.Context, format string) string { return formatName(ctx, format) }

// OneOfFormat names one post of a format: "one video".
func OneOfFormat(ctx context.Context, format string) string {
	return i18n.T(ctx, "creators.format_one."+format)
}

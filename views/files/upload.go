package files

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/views/components"
)

// FileField asks for a picture; its id begins with a prefix that no other form of the page
// has.
func FileField(ctx context.Context, prefix, label, problem string) components.Field {
	return components.Field{
		Name: "file", ID: components.FieldID(prefix + "file"), Type: "file", Label: label, Hint: i18n.T(ctx, "files.upload_hint"),
		Required: true, Error: problem, Attrs: map[string]any{"accept": "image/jpeg,image/png,image/webp,image/gif"},
	}
}

// RightsField asks whether the person may show the picture.
func RightsField(prefix, label, problem string) components.Field {
	return components.Field{Name: "rights", ID: components.FieldID(prefix + "rights"), Label: label, Value: "own", Error: problem}
}

package documents

import (
	"context"
	"encoding/base64"
	"fmt"

	"rsc.io/qr"

	"tribemarket/internal/i18n"
)

// PresentCheckMark says where a document can be checked.
func PresentCheckMark(ctx context.Context, url string) (CheckMark, error) {
	code, err := qr.Encode(url, qr.M)
	if err != nil {
		return CheckMark{}, fmt.Errorf("draw the code of the check page: %w", err)
	}
	return CheckMark{Text: i18n.T(ctx, "contracts.paper.check"), URL: url, Image: "data:image/png;base64," + base64.StdEncoding.EncodeToString(code.PNG())}, nil
}

package contracts

import (
	"crypto/sha256"
	"encoding/hex"
	"io"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/contracts"
	contractsview "tribemarket/views/contracts"
)

// maxCheckedFile is how large a file to be checked may be, in bytes: all of it is held in
// memory, and none on a disk.
const maxCheckedFile = 1 << 20

// showCheck asks for a document or its hash.
func (h *Handlers) showCheck(c echo.Context) error {
	return h.renderCheck(c, 200, contractsview.CheckProps{})
}

// checkDocument says whether a document is one that both sides have signed here, by its hash
// or by the document itself, which is not kept.
func (h *Handlers) checkDocument(c echo.Context) error {
	typed := web.CleanText(c.FormValue("hash"))
	hash, err := hashFile(c)
	if err != nil {
		return err
	}
	if hash == "" {
		var ok bool
		if hash, ok = contracts.ParseHash(typed); !ok {
			return h.renderCheck(c, 422, contractsview.CheckProps{Typed: typed, Wrong: models.Fields{{Field: "hash", Key: "contracts.check.invalid"}}})
		}
	}
	found, err := h.Contracts.CheckDocument(c.Request().Context(), hash)
	if err != nil {
		return err
	}
	return h.renderCheck(c, 200, contractsview.CheckProps{Typed: typed, Hash: hash, Found: found})
}

// hashFile is the hash of the uploaded file, "" without one.
func hashFile(c echo.Context) (string, error) {
	f, ok := web.FormFile(c, "file")
	if !ok || f.Size == 0 {
		return "", nil
	}
	content, err := f.Open()
	if err != nil {
		return "", models.Internal("open an uploaded document", err)
	}
	defer func() { _ = content.Close() }()
	sum := sha256.New()
	if _, err := io.Copy(sum, content); err != nil {
		return "", models.Internal("read an uploaded document", err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

func (h *Handlers) renderCheck(c echo.Context, status int, p contractsview.CheckProps) error {
	ctx := c.Request().Context()
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "contracts.check.title"), Body: contractsview.Check(p)})
}

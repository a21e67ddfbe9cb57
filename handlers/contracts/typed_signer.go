package contracts

import (
	"net/url"

	"github.com/labstack/echo/v4"

	"tribemarket/models/contracts"
	"tribemarket/models/text"
)

// signerKey is where a session keeps what was typed to sign the latest contract that could not
// be signed yet. Nothing that is ticked is kept: that is agreed to each time.
const signerKey = "contracts.signer"

func (h *Handlers) keepSigner(c echo.Context, f signingForm) {
	typed := url.Values{"contract": {c.Param("id")}, "name": {text.Truncate(f.Name, contracts.MaxSignerName)}, "role": {text.Truncate(f.Role, contracts.MaxSignerRole)}}
	h.Sessions.Put(c.Request().Context(), signerKey, typed.Encode())
}

// typedSigner is what was typed to sign the contract of the page.
func (h *Handlers) typedSigner(c echo.Context) contracts.SigningForm {
	typed, err := url.ParseQuery(h.Sessions.GetString(c.Request().Context(), signerKey))
	if err != nil || typed.Get("contract") != c.Param("id") {
		return contracts.SigningForm{}
	}
	return contracts.SigningForm{Name: typed.Get("name"), Role: typed.Get("role")}
}

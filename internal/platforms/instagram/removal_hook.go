package instagram

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"tribemarket/internal/platforms/wire"
	"tribemarket/models/creators"
)

// ReadRemoval reads a data deletion request of Meta: a form whose signed_request is
// base64url(signature).base64url(JSON), the signature being HMAC-SHA256 with the app's
// secret over the encoded JSON. It never expires, since deletion is a person's right, but
// it must not be dated in the future.
func (p *Provider) ReadRemoval(_ http.Header, body []byte) (creators.ConsentRemoval, error) {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return creators.ConsentRemoval{}, wire.ErrBadSignature
	}
	payload, ok := p.verifiedPayload(form.Get("signed_request"))
	var m struct {
		UserID    wire.ID    `json:"user_id"`
		Algorithm string     `json:"algorithm"`
		IssuedAt  wire.Count `json:"issued_at"` // Unix seconds
	}
	if !ok || json.Unmarshal(payload, &m) != nil || !strings.EqualFold(m.Algorithm, "HMAC-SHA256") {
		return creators.ConsentRemoval{}, wire.ErrBadSignature
	}
	r := creators.ConsentRemoval{UserID: string(m.UserID), At: p.clock(), Kind: creators.DataRemoved}
	if m.IssuedAt.N != nil {
		r.At = time.Unix(*m.IssuedAt.N, 0).UTC()
	}
	if r.At.After(p.clock().Add(wire.MaxMessageAge)) {
		return creators.ConsentRemoval{}, wire.ErrBadSignature
	}
	if r.UserID == "" {
		return creators.ConsentRemoval{}, wire.ErrUnrelatedMessage
	}
	return r, nil
}

// verifiedPayload returns the payload that was signed with our secret.
func (p *Provider) verifiedPayload(request string) ([]byte, bool) {
	signature, encoded, ok := strings.Cut(request, ".")
	given, err := decodeBase64URL(signature)
	if !ok || err != nil || p.cfg.ClientSecret == "" {
		return nil, false
	}
	mac := hmac.New(sha256.New, []byte(p.cfg.ClientSecret))
	mac.Write([]byte(encoded))
	if !hmac.Equal(given, mac.Sum(nil)) {
		return nil, false
	}
	payload, err := decodeBase64URL(encoded)
	return payload, err == nil
}

// decodeBase64URL reads base64url, with or without its padding.
func decodeBase64URL(text string) ([]byte, error) {
	return base64.RawURLEncoding.DecodeString(strings.TrimRight(text, "="))
}

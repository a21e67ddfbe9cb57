package tiktok

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"tribemarket/internal/platforms/wire"
	"tribemarket/models/creators"
)

// accountDeleted is TikTok's reason for a consent that ended because the account was
// deleted.
const accountDeleted = 2

// ReadRemoval reads a webhook of TikTok for Developers, event
// authorization.removed. Its header TikTok-Signature is t=SECONDS,s=HEX, with
// s = HMAC-SHA256(client secret, t + "." + body).
func (p *Provider) ReadRemoval(header http.Header, body []byte) (creators.ConsentRemoval, error) {
	signed, ok := p.verifiedSigningTime(header.Get("TikTok-Signature"), body)
	if !ok || !wire.IsFreshMessage(signed, p.clock()) {
		return creators.ConsentRemoval{}, wire.ErrBadSignature
	}
	var m struct {
		ClientKey  string     `json:"client_key"`
		Event      string     `json:"event"`
		CreateTime wire.Count `json:"create_time"` // Unix seconds
		OpenID     string     `json:"user_openid"`
		Content    string     `json:"content"` // JSON again, as text
	}
	if json.Unmarshal(body, &m) != nil || m.ClientKey != p.cfg.ClientKey {
		return creators.ConsentRemoval{}, wire.ErrBadSignature
	}
	if m.Event != "authorization.removed" || m.OpenID == "" {
		return creators.ConsentRemoval{}, wire.ErrUnrelatedMessage
	}
	r := creators.ConsentRemoval{UserID: m.OpenID, At: signed, Kind: creators.ConsentRemoved}
	if m.CreateTime.N != nil {
		if at := time.Unix(*m.CreateTime.N, 0).UTC(); wire.IsPlausibleDate(at, signed) {
			r.At = at
		}
	}
	var content struct {
		Reason wire.Count `json:"reason"`
	}
	if json.Unmarshal([]byte(m.Content), &content) == nil && content.Reason.N != nil && *content.Reason.N == accountDeleted {
		r.Kind = creators.DataRemoved
	}
	return r, nil
}

// verifiedSigningTime returns when a body was signed with our secret.
func (p *Provider) verifiedSigningTime(signature string, body []byte) (time.Time, bool) {
	var t, s string
	for part := range strings.SplitSeq(signature, ",") {
		switch name, value, _ := strings.Cut(strings.TrimSpace(part), "="); name {
		case "t":
			t = value
		case "s":
			s = value
		}
	}
	seconds, err := strconv.ParseInt(t, 10, 64)
	if err != nil || p.cfg.ClientSecret == "" {
		return time.Time{}, false
	}
	mac := hmac.New(sha256.New, []byte(p.cfg.ClientSecret))
	mac.Write([]byte(t + "."))
	mac.Write(body)
	given, err := hex.DecodeString(s)
	return time.Unix(seconds, 0).UTC(), err == nil && hmac.Equal(given, mac.Sum(nil))
}

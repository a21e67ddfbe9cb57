package sandbox

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// RemovalReason is TikTok's number for why a consent has ended.
type RemovalReason int

// The reasons for a removal.
const (
	ReasonUnknown        RemovalReason = 0
	ReasonDisconnected   RemovalReason = 1
	ReasonAccountDeleted RemovalReason = 2
	ReasonAgeChanged     RemovalReason = 3
	ReasonBanned         RemovalReason = 4
	ReasonByDeveloper    RemovalReason = 5
)

// RemovalOptions say how a message about a removal goes wrong.
type RemovalOptions struct {
	Reason      RemovalReason
	Late        time.Duration // how long ago it was signed
	Again       bool          // the last one of this account again, byte for byte
	Forged      bool          // changed after it was signed
	OtherApp    bool          // properly signed, for another app
	UnknownUser bool          // about an account that this platform does not have
}

// signedMessage is a message that was sent.
type signedMessage struct {
	header http.Header
	body   []byte
}

// RemoveConsent revokes the consent of an account's owner, as they can on the platform
// itself: every token becomes invalid. With the reason Deleted the account is deleted
// too.
func (s *Sandbox) RemoveConsent(platform, userID string, reason RemovalReason) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := accountKey{platform, userID}
	for _, all := range []map[string]issuedToken{s.accessTokens, s.refreshTokens} {
		for _, t := range all {
			if t.of == k {
				t.revoked = true
			}
		}
	}
	for _, c := range s.codes {
		if c.of == k {
			c.revoked = true
		}
	}
	if reason == ReasonAccountDeleted {
		delete(s.accounts, k)
		s.accountOrder = slices.DeleteFunc(s.accountOrder, func(other accountKey) bool { return other == k })
	}
}

// RemovalRequest is the signed message that the platform then sends to the app's own URL:
// TikTok's authorization.removed or Instagram's data deletion request. The others send
// none, and return nil.
func (s *Sandbox) RemovalRequest(platform, userID string, o RemovalOptions) (http.Header, []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := accountKey{platform, userID}
	if m, ok := s.sentMessages[k]; o.Again && ok {
		return m.header.Clone(), append([]byte{}, m.body...)
	}
	if o.UnknownUser {
		userID = "404" + fmt.Sprint(len(s.accounts))
	}
	var m signedMessage
	switch platform {
	case tiktok.name:
		m = s.tiktokRemoval(userID, o)
	case instagram.name:
		m = s.instagramRemoval(userID, o)
	default:
		return nil, nil
	}
	s.sentMessages[k] = m
	return m.header.Clone(), append([]byte{}, m.body...)
}

func (s *Sandbox) tiktokRemoval(userID string, o RemovalOptions) signedMessage {
	at, client := s.clock().Add(-o.Late).Unix(), s.opts.ClientKey
	if o.OtherApp {
		client += "-other"
	}
	body, _ := json.Marshal(jsonObject{
		"client_key": client, "event": "authorization.removed", "create_time": at, "user_openid": userID,
		"content": fmt.Sprintf(`{"reason":%d}`, o.Reason),
	})
	signature := hex.EncodeToString(signHMAC(s.opts.ClientSecret, fmt.Sprint(at, ".")+string(body)))
	if o.Forged {
		body = append(body, '\n')
	}
	return signedMessage{http.Header{"Content-Type": {"application/json"}, "Tiktok-Signature": {fmt.Sprintf("t=%d,s=%s", at, signature)}}, body}
}

func (s *Sandbox) instagramRemoval(userID string, o RemovalOptions) signedMessage {
	secret := s.opts.ClientSecret
	if o.OtherApp {
		secret += "-other" // the message itself names no app
	}
	payload, _ := json.Marshal(jsonObject{"user_id": userID, "algorithm": "HMAC-SHA256", "issued_at": s.clock().Add(-o.Late).Unix()})
	encoded := base64.RawURLEncoding.EncodeToString(payload)
	signature := base64.RawURLEncoding.EncodeToString(signHMAC(secret, encoded))
	if o.Forged {
		payload, _ = json.Marshal(jsonObject{"user_id": userID + "1", "algorithm": "HMAC-SHA256", "issued_at": s.clock().Unix()})
		encoded = base64.RawURLEncoding.EncodeToString(payload)
	}
	form := url.Values{"signed_request": {signature + "." + encoded}}
	return signedMessage{http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}, []byte(form.Encode())}
}

func signHMAC(secret, text string) []byte {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

package youtube

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"tribemarket/internal/platforms/wire"
	"tribemarket/models/creators"
)

// playlistNotFoundError is a playlist that YouTube does not know.
type playlistNotFoundError struct{ error }

// callAPI calls one of Google's APIs. Every response names its kind.
func (p *Provider) callAPI(ctx context.Context, what, address string, q url.Values, token creators.PlatformToken, into any) error {
	var raw json.RawMessage
	status, err := p.client.GetJSON(ctx, what, address, q, http.Header{"Authorization": {"Bearer " + token.Access}}, &raw)
	if err != nil {
		return err
	}
	var a struct {
		Kind  string `json:"kind"`
		Error *struct {
			Message string `json:"message"`
			Status  string `json:"status"`
			Errors  []struct {
				Reason string `json:"reason"`
			} `json:"errors"`
		} `json:"error"`
	}
	if len(raw) > 0 {
		err = json.Unmarshal(raw, &a)
	}
	switch {
	case err != nil:
		return p.client.UnreadableError(what, fmt.Errorf("status %d: %w", status, err))
	case a.Error != nil:
		f := wire.PlatformFailure{Code: a.Error.Status, Message: a.Error.Message, Status: status}
		if len(a.Error.Errors) > 0 {
			f.Code = a.Error.Errors[0].Reason
		}
		err := p.client.RefusedError(what, f, errorKind(f))
		if f.Code == "playlistNotFound" {
			return playlistNotFoundError{err}
		}
		return err
	case status != http.StatusOK || a.Kind == "":
		return p.client.IncompleteError(what, status)
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return p.client.UnreadableError(what, err)
	}
	return nil
}

// errorKind maps an API reason to our errors; an unknown one is judged by its status.
func errorKind(f wire.PlatformFailure) error {
	switch f.Code {
	case "quotaExceeded", "rateLimitExceeded", "userRateLimitExceeded", "dailyLimitExceeded":
		return creators.ErrPlatformBusy
	case "authenticatedUserAccountClosed", "authenticatedUserAccountSuspended", "authError":
		return creators.ErrReconnect
	case "accessNotConfigured":
		return creators.ErrPlatformSetup
	case "youtubeSignupRequired":
		return creators.ErrNoAccount
	}
	return wire.StatusErrorKind(f.Status)
}

// Unwrap returns the underlying failure.
func (n playlistNotFoundError) Unwrap() error { return n.error }

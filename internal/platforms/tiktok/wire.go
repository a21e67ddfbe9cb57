package tiktok

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"tribemarket/models/creators"
)

// maxBody is far more than any honest answer takes.
const maxBody = 1 << 20

// tokenAnswer is the flat form of the OAuth endpoints.
type tokenAnswer struct {
	AccessToken      string `json:"access_token"`
	ExpiresIn        int64  `json:"expires_in"`
	RefreshToken     string `json:"refresh_token"`
	RefreshExpiresIn int64  `json:"refresh_expires_in"`
	OpenID           string `json:"open_id"`
	Scope            string `json:"scope"`

	Error       string `json:"error"`
	Description string `json:"error_description"`
	LogID       string `json:"log_id"`
}

func (a tokenAnswer) token(now time.Time) creators.Token {
	return creators.Token{
		Access: a.AccessToken, Refresh: a.RefreshToken,
		Scopes:    strings.FieldsFunc(a.Scope, func(r rune) bool { return r == ',' || r == ' ' }),
		ExpiresAt: now.Add(lifetime(a.ExpiresIn)), RefreshExpiresAt: now.Add(lifetime(a.RefreshExpiresIn)),
	}
}

// lifetime keeps a wild figure from overflowing a date.
func lifetime(seconds int64) time.Duration {
	return time.Duration(min(max(seconds, 0), 10*365*24*3600)) * time.Second
}

// token asks the token endpoint. The status of its errors is not documented,
// so the body decides.
func (p *Provider) token(ctx context.Context, form url.Values) (tokenAnswer, error) {
	ctx, cancel := context.WithTimeout(ctx, p.cfg.Timeout)
	defer cancel()
	form.Set("client_key", p.cfg.ClientKey)
	form.Set("client_secret", p.cfg.ClientSecret)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.cfg.TokenURL, strings.NewReader(form.Encode()))
	if err != nil {
		return tokenAnswer{}, fmt.Errorf("tiktok token: %w: %w", creators.ErrSetup, err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	var a tokenAnswer
	status, err := p.call(req, "token", &a)
	switch {
	case err != nil:
		return tokenAnswer{}, err
	case a.Error != "":
		return tokenAnswer{}, fmt.Errorf("tiktok token: %.60q %.200q (log %.60q, status %d): %w", a.Error, a.Description, a.LogID, status, oauthFailure(a.Error))
	case status != http.StatusOK || a.AccessToken == "" || a.OpenID == "":
		return tokenAnswer{}, garbled("token", fmt.Errorf("status %d without an error or a token", status))
	}
	return a, nil
}

func oauthFailure(code string) error {
	switch code {
	case "invalid_grant", "access_denied":
		return creators.ErrReconnect
	case "invalid_scope":
		return creators.ErrScope
	case "invalid_client", "unauthorized_client", "invalid_request", "unsupported_grant_type", "unsupported_response_type":
		return creators.ErrSetup
	}
	return creators.ErrBusy
}

// envelope wraps every answer of the API; only the code "ok" is a success.
type envelope[T any] struct {
	Data  T `json:"data"`
	Error struct {
		Code    string `json:"code"`
		Message string `json:"message"`
		LogID   string `json:"log_id"`
	} `json:"error"`
}

// ask calls the API for fields; a body makes it a POST.
func ask[T any](ctx context.Context, p *Provider, path, fields, access string, body any) (T, error) {
	var e envelope[T]
	method, content := http.MethodGet, []byte(nil)
	if body != nil {
		method = http.MethodPost
		content, _ = json.Marshal(body) // plain structs always marshal
	}
	req, err := http.NewRequestWithContext(ctx, method, p.cfg.APIURL+path+"?"+url.Values{"fields": {fields}}.Encode(), bytes.NewReader(content))
	if err != nil {
		return e.Data, fmt.Errorf("tiktok %s: %w: %w", path, creators.ErrSetup, err)
	}
	req.Header.Set("Authorization", "Bearer "+access)
	req.Header.Set("Content-Type", "application/json; charset=UTF-8")
	status, err := p.call(req, path, &e)
	switch {
	case err != nil:
		return e.Data, err
	case e.Error.Code != "" && e.Error.Code != "ok":
		return e.Data, fmt.Errorf("tiktok %s: %.60q %.200q (log %.60q, status %d): %w", path, e.Error.Code, e.Error.Message, e.Error.LogID, status, apiFailure(e.Error.Code))
	case status != http.StatusOK || e.Error.Code == "":
		return e.Data, garbled(path, fmt.Errorf("status %d without an error", status))
	}
	return e.Data, nil
}

func apiFailure(code string) error {
	switch code {
	case "access_token_invalid":
		return creators.ErrReconnect
	case "scope_not_authorized", "scope_permission_missed":
		return creators.ErrScope
	case "invalid_params":
		return creators.ErrSetup
	}
	return creators.ErrBusy
}

// call sends a request and reads its JSON, whatever the status.
func (p *Provider) call(req *http.Request, what string, into any) (status int, err error) {
	res, err := p.cfg.HTTPClient.Do(req)
	if err != nil {
		return 0, garbled(what, err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(res.Body, maxBody+1))
	if err == nil && len(body) > maxBody {
		err = errors.New("more than 1 MiB")
	}
	if err == nil && len(bytes.TrimSpace(body)) == 0 && res.StatusCode == http.StatusOK {
		return res.StatusCode, nil // revoking answers with an empty body
	}
	if err == nil {
		err = json.Unmarshal(body, into)
	}
	if err != nil {
		return res.StatusCode, garbled(what, fmt.Errorf("status %d: %w", res.StatusCode, err))
	}
	return res.StatusCode, nil
}

// garbled is an answer that did not come, or that cannot be read.
func garbled(what string, cause error) error {
	return fmt.Errorf("tiktok %s: %w: %w", what, creators.ErrBusy, cause)
}

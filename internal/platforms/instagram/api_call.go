package instagram

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"tribemarket/internal/platforms/wire"
	"tribemarket/models/creators"
)

// apiVersion is the API version whose fields are read.
const apiVersion = "/v25.0"

// singleOrList reads an object that is given directly or, as documented for some
// responses, as the only element of a list named data.
type singleOrList[T any] struct{ Value T }

// UnmarshalJSON reads the object.
func (f *singleOrList[T]) UnmarshalJSON(b []byte) error {
	var wrapped struct {
		Data []T `json:"data"`
	}
	if json.Unmarshal(b, &wrapped) == nil && len(wrapped.Data) > 0 {
		f.Value = wrapped.Data[0]
		return nil
	}
	return json.Unmarshal(b, &f.Value)
}

// graphError is an error of the API, at whatever status.
type graphError struct {
	Message string `json:"message"`
	Type    string `json:"type"`
	Code    int    `json:"code"`
	Subcode int    `json:"error_subcode"`
	Trace   string `json:"fbtrace_id"`
}

func (e graphError) toPlatformFailure(status int) wire.PlatformFailure {
	return wire.PlatformFailure{Code: e.Type + " " + strconv.Itoa(e.Code) + "/" + strconv.Itoa(e.Subcode), Message: e.Message, Log: e.Trace, Status: status}
}

// errorKind maps the error; the codes are those of Meta's Graph API.
func (e graphError) errorKind() error {
	switch {
	case e.Code == 190:
		return creators.ErrReconnect
	case e.Code == 10 || e.Code >= 200 && e.Code < 300:
		return creators.ErrMissingScope
	case e.Code == 100 || e.Code == 101:
		return creators.ErrPlatformSetup
	}
	return creators.ErrPlatformBusy // 4, 17, 32 and 613 are limits; an unknown error may be temporary
}

// shortTokenAnswer is the response to a code.
type shortTokenAnswer struct {
	AccessToken string        `json:"access_token"`
	UserID      wire.ID       `json:"user_id"`
	Permissions wire.NameList `json:"permissions"`

	ErrorType    string     `json:"error_type"`
	ErrorMessage string     `json:"error_message"`
	Error        graphError `json:"error"`
}

func (a shortTokenAnswer) toPlatformFailure(status int) wire.PlatformFailure {
	if a.Error.Code != 0 {
		return a.Error.toPlatformFailure(status)
	}
	return wire.PlatformFailure{Code: a.ErrorType, Message: a.ErrorMessage + a.Error.Message, Status: status}
}

// errorKind maps the error: all refusals have the same type, so the message decides whether
// the code or the app was refused.
func (a shortTokenAnswer) errorKind(status int) error {
	words := strings.ToLower(a.ErrorMessage)
	switch {
	case a.Error.Code != 0:
		return a.Error.errorKind()
	case status == http.StatusTooManyRequests || status >= 500:
		return creators.ErrPlatformBusy
	case strings.Contains(words, "client") || strings.Contains(words, "platform app") || strings.Contains(words, "redirect"):
		return creators.ErrPlatformSetup
	}
	return creators.ErrReconnect
}

// callAPI calls the API; the query contains the token.
func (p *Provider) callAPI(ctx context.Context, path string, q url.Values, into any) error {
	what := path[strings.LastIndex(path, "/")+1:]
	var raw json.RawMessage
	status, err := p.client.GetJSON(ctx, what, p.cfg.APIURL+path, q, nil, &raw)
	if err != nil {
		return err
	}
	var a struct {
		Error *graphError `json:"error"`
	}
	if len(raw) == 0 {
		return p.client.IncompleteError(what, status)
	}
	if err := json.Unmarshal(raw, &a); err != nil {
		return p.client.UnreadableError(what, fmt.Errorf("status %d: %w", status, err))
	}
	switch {
	case a.Error != nil:
		return p.client.RefusedError(what, a.Error.toPlatformFailure(status), a.Error.errorKind())
	case status == http.StatusUnauthorized:
		return p.client.RefusedError(what, wire.PlatformFailure{Status: status}, creators.ErrReconnect)
	case status != http.StatusOK:
		return p.client.IncompleteError(what, status)
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return p.client.UnreadableError(what, err)
	}
	return nil
}

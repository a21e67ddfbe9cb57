package accounts

import (
	"context"
	"encoding/json"
	"slices"
)

// attemptsKey is the session key of the attempts.
const attemptsKey = "attempts"

// maxAttempts is how many sign-ins may wait in one browser, the latest ones; each tab has
// its own.
const maxAttempts = 8

// attempt is a sign-in, or another action in two steps, that waits in a tab of this
// browser. Its page knows the id; the secret stays in the session. A later tab takes
// nothing from an earlier one.
type attempt struct{ Kind, ID, Key string }

// Kinds of attempts.
const (
	attemptSecondFactor  = "factor"
	attemptPasskey       = "passkey"         // a signed-in person's
	attemptPasskeySignIn = "passkey_sign_in" // nobody's yet
	attemptSignUp        = "oidc_sign_up"
)

func (h *Handlers) listAttempts(ctx context.Context) []attempt {
	var all []attempt
	_ = json.Unmarshal([]byte(h.Sessions.GetString(ctx, attemptsKey)), &all) // none if there is nothing
	return all
}

func (h *Handlers) putAttempts(ctx context.Context, all []attempt) error {
	if len(all) == 0 {
		h.Sessions.Remove(ctx, attemptsKey)
		return nil
	}
	data, err := json.Marshal(all[max(0, len(all)-maxAttempts):])
	if err != nil {
		return err
	}
	h.Sessions.Put(ctx, attemptsKey, string(data))
	return nil
}

func (h *Handlers) addAttempt(ctx context.Context, a attempt) error {
	return h.putAttempts(ctx, append(h.listAttempts(ctx), a))
}

// findAttempt finds the secret of an attempt, that of the latest of its kind for no id;
// "" for none.
func (h *Handlers) findAttempt(ctx context.Context, kind, id string) string {
	for _, a := range slices.Backward(h.listAttempts(ctx)) {
		if a.Kind == kind && (a.ID == id || id == "") {
			return a.Key
		}
	}
	return ""
}

func (h *Handlers) removeAttempt(ctx context.Context, secret string) error {
	return h.putAttempts(ctx, slices.DeleteFunc(h.listAttempts(ctx), func(a attempt) bool { return a.Key == secret }))
}

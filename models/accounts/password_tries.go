package accounts

import (
	"context"
	"strconv"
	"strings"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
)

// A stranger must not be able to lock an owner out by guessing. So tries are counted for
// the account and the network first: who guesses from one place locks that place alone.
// What comes from many places locks the account for devices that it doesn't know; a device
// on which the person has signed in before is counted apart, a new password begins all
// counts anew, and a passkey is never counted.

// passwordLimit is a limit of tries, and what it is counted under.
type passwordLimit struct {
	models.Limit
	key string
}

func passwordTriesKey(personID int64) string { return "person " + strconv.FormatInt(personID, 10) }

// passwordLimits are the limits of one try, in the order in which they are counted.
func (s *Store) passwordLimits(ctx context.Context, personID int64, key, devices string) []passwordLimit {
	if device, ok := s.knownDevice(devices, personID); ok {
		return []passwordLimit{{models.SignInFailuresOfDevice, key + " " + device}}
	}
	var all []passwordLimit
	for i, network := range models.OriginOf(ctx).Networks() {
		l := models.SignInFailuresFrom
		if i > 0 {
			l = l.Wider()
		}
		all = append(all, passwordLimit{l, key + " " + network})
	}
	return append(all, passwordLimit{models.SignInFailures, key})
}

// countPasswordTry counts a try, and tells the person once a day that the account was
// closed to unknown devices.
func (s *Store) countPasswordTry(ctx context.Context, now time.Time, personID int64, limits []passwordLimit) error {
	for _, l := range limits {
		err := s.db.CountUseOf(ctx, now, l.Limit, l.key)
		if models.CodeOf(err) == models.CodeTooMany && l.Limit == models.SignInFailures && personID != 0 {
			return s.noticePasswordTries(ctx, now, personID, l.key, err)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) noticePasswordTries(ctx context.Context, now time.Time, personID int64, key string, refused error) error {
	if s.db.CountUseOf(ctx, now, models.SignInFailureNotices, key) != nil {
		return refused // told already
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		return s.recordSecurityChange(ctx, tx, personID, "accounts.sign_in_tries", now)
	})
	if err != nil {
		return err
	}
	return refused
}

func (s *Store) resetPasswordTries(ctx context.Context, limits []passwordLimit) error {
	for _, l := range limits {
		if err := s.db.ResetUses(ctx, l.Limit, l.key); err != nil {
			return err
		}
	}
	return nil
}

// forgetPasswordTries begins the counts of a person anew, from where the request comes.
func (s *Store) forgetPasswordTries(ctx context.Context, personID int64) error {
	return s.resetPasswordTries(ctx, s.passwordLimits(ctx, personID, passwordTriesKey(personID), ""))
}

// mostKnownPeople is how many people one browser's cookie is good for.
const mostKnownPeople = 5

// KnownDevices is the cookie of a browser on which a person has signed in: a number of
// the browser's own, and for each person a keyed hash of both. Without the key none can be
// made, and it signs nobody in.
func (s *Store) KnownDevices(cookie string, personID int64) string {
	parts := strings.Split(cookie, ".")
	if len(parts[0]) != len(models.NewSecret()) {
		parts = []string{models.NewSecret()}
	}
	if _, known := s.knownDevice(strings.Join(parts, "."), personID); !known {
		parts = append(parts[:1:1], append([]string{s.deviceMark(parts[0], personID)}, parts[1:]...)...)
	}
	return strings.Join(parts[:min(len(parts), mostKnownPeople+1)], ".")
}

func (s *Store) knownDevice(cookie string, personID int64) (string, bool) {
	device, marks, ok := strings.Cut(cookie, ".")
	if !ok || personID == 0 || len(cookie) > 1024 {
		return "", false
	}
	want := s.deviceMark(device, personID)
	for _, mark := range strings.Split(marks, ".") {
		if mark == want {
			return device, true
		}
	}
	return "", false
}

func (s *Store) deviceMark(device string, personID int64) string {
	return s.db.Keys.Digest("known device", device+" "+strconv.FormatInt(personID, 10))
}

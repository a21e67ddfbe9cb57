package accounts

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"math/big"
	"strings"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
)

// Codes that prove who somebody is, for people without a password or a passkey: mailed to
// their confirmed address, and good once, in the browser and for the purpose for which they
// were asked for.
const (
	IdentityCodeLifetime = 10 * time.Minute
	IdentityCodeTries    = 5
	IdentityCodeDigits   = 8
)

// CodeRequest says in which session a code was asked for, and for what: the page to which it
// leads.
type CodeRequest struct {
	Session string // the session's public id
	Purpose string
}

// identityCodeRow is the latest code of a session for a purpose.
type identityCodeRow struct {
	PersonID  int64  `gorm:"primaryKey"`
	Session   string `gorm:"primaryKey"`
	Purpose   string `gorm:"primaryKey"`
	Digest    string // keyed, since a code is short
	Tries     int
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    *time.Time
}

// TableName is the table's name, for GORM.
func (identityCodeRow) TableName() string { return "identity_codes" }

// IdentityCodeArgs is the job that mails a code. The code stands in the job alone; the table
// holds its digest.
type IdentityCodeArgs struct {
	PersonID  int64     `json:"person_id"`
	Email     string    `json:"email"`
	Code      string    `json:"code"`
	Digest    string    `json:"digest"`
	ExpiresAt time.Time `json:"expires_at"`
}

// Kind is the job's name, for River.
func (IdentityCodeArgs) Kind() string { return "accounts.identity_code" }

func (s *Store) identityCodeDigest(personID int64, r CodeRequest, code string) string {
	return s.db.Keys.Digest(fmt.Sprintf("identity_codes.digest %d %s %s", personID, r.Session, r.Purpose), code)
}

// SendIdentityCode mails a code to the actor's confirmed address. It replaces the one that
// was asked for before in the same session and for the same purpose.
func (s *Store) SendIdentityCode(ctx context.Context, a models.Actor, r CodeRequest) error {
	email, err := s.codeAddress(ctx, a)
	if err != nil {
		return err
	}
	if err := s.CountUse(ctx, models.IdentityCodes, fmt.Sprint(a.PersonID)); err != nil {
		return err
	}
	code, err := newIdentityCode()
	if err != nil {
		return models.Internal("make a code", err)
	}
	now := s.clock()
	row := identityCodeRow{
		PersonID: a.PersonID, Session: r.Session, Purpose: r.Purpose, Digest: s.identityCodeDigest(a.PersonID, r, code), CreatedAt: now, ExpiresAt: now.Add(IdentityCodeLifetime),
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		err := firstError(
			tx.Exec("DELETE FROM identity_codes WHERE person_id = ? AND session = ? AND purpose = ?", row.PersonID, row.Session, row.Purpose),
			tx.Create(&row))
		if err != nil {
			return err
		}
		return tx.Enqueue(IdentityCodeArgs{a.PersonID, email, code, row.Digest, row.ExpiresAt}, nil)
	})
}

// codeAddress is where a code may be sent: only people who have no other proof of their own
// get one.
func (s *Store) codeAddress(ctx context.Context, a models.Actor) (string, error) {
	if !a.SignedIn() {
		return "", models.SignInRequired()
	}
	methods, err := s.ReauthenticationMethodsOf(ctx, a)
	if err == nil && !methods.Code {
		err = models.Forbidden("accounts.error.no_code")
	}
	return methods.Email, err
}

func newIdentityCode() (string, error) {
	most := new(big.Int).Exp(big.NewInt(10), big.NewInt(IdentityCodeDigits), nil)
	n, err := rand.Int(rand.Reader, most)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%0*d", IdentityCodeDigits, n), nil
}

// AwaitsIdentityCode says whether a code was sent that can still be entered.
func (s *Store) AwaitsIdentityCode(ctx context.Context, a models.Actor, r CodeRequest) (bool, error) {
	var n int64
	err := s.db.Read(ctx).Model(&identityCodeRow{}).Where(validCode, a.PersonID, r.Session, r.Purpose, s.clock(), IdentityCodeTries).Count(&n).Error
	return n > 0, err
}

const validCode = "person_id = ? AND session = ? AND purpose = ? AND used_at IS NULL AND expires_at > ? AND tries < ?"

// VerifyIdentityCode uses a code up; proven says that it was good. Every try counts, also one
// that fails, and after IdentityCodeTries the code is worthless. The same click twice is no
// error, and proves nothing the second time. Field: code.
func (s *Store) VerifyIdentityCode(ctx context.Context, a models.Actor, r CodeRequest, typed string) (proven bool, err error) {
	if _, err := s.codeAddress(ctx, a); err != nil {
		return false, err
	}
	now := s.clock()
	digest := s.identityCodeDigest(a.PersonID, r, strings.Join(strings.Fields(typed), ""))
	wrong := models.Invalid("code", "accounts.error.identity_code_over")
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		var kept []string
		err := tx.Raw("UPDATE identity_codes SET tries = tries + 1 WHERE "+validCode+" RETURNING digest", a.PersonID, r.Session, r.Purpose, now, IdentityCodeTries).Scan(&kept).Error
		if err == nil && len(kept) == 0 {
			var again int64
			err = tx.Model(&identityCodeRow{}).Where("person_id = ? AND digest = ? AND used_at > ?", a.PersonID, digest, now.Add(-SessionGrace)).Count(&again).Error
			if again > 0 {
				wrong = nil
			}
		}
		if err != nil || len(kept) == 0 {
			return err
		}
		if subtle.ConstantTimeCompare([]byte(kept[0]), []byte(digest)) != 1 {
			wrong = models.Invalid("code", "accounts.error.identity_code")
			return tx.WriteAudit(ctx, db.AuditEntry{At: now, PersonID: a.PersonID, Action: "accounts.sign_in_failed", Detail: map[string]string{"way": string(WayCode)}})
		}
		used := tx.Exec("UPDATE identity_codes SET used_at = ? WHERE person_id = ? AND digest = ? AND used_at IS NULL", now, a.PersonID, digest)
		if used.Error == nil && used.RowsAffected == 1 {
			proven, wrong = true, nil
		}
		return used.Error
	})
	if err != nil {
		return false, err
	}
	return proven, wrong
}

// IdentityCodeForMail says whether the code of a mail job can still be used, with whom to
// write to.
func (s *Store) IdentityCodeForMail(ctx context.Context, args IdentityCodeArgs) (p Person, ok bool, err error) {
	if p, err = s.PersonByID(ctx, args.PersonID); err != nil {
		return p, false, err
	}
	var n int64
	err = s.db.Read(ctx).Model(&identityCodeRow{}).Where("person_id = ? AND digest = ? AND used_at IS NULL AND expires_at > ?", p.ID, args.Digest, s.clock()).Count(&n).Error
	return p, n > 0 && p.EmailConfirmedAt != nil && p.Email != nil && *p.Email == args.Email, err
}

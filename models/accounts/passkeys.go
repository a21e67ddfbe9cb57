package accounts

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/url"
	"strconv"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/text"
)

// maxPasskeys is how many passkeys a person may have.
const maxPasskeys = 20

// Passkey is a WebAuthn credential. It only complements another sign-in method,
// since it gets lost with a device.
type Passkey struct {
	ID           int64
	PublicID     string
	PersonID     int64
	Name         string
	CredentialID string // base64url
	Credential   string // webauthn.Credential as JSON
	CreatedAt    time.Time
	LastUsedAt   *time.Time
}

// TableName is the table's name, for GORM.
func (Passkey) TableName() string { return "passkeys" }

// RelyingParty describes this site to WebAuthn.
type RelyingParty struct {
	Name    string
	BaseURL string
}

func (r RelyingParty) webAuthn() (*webauthn.WebAuthn, error) {
	u, err := url.Parse(r.BaseURL)
	if err != nil {
		return nil, err
	}
	return webauthn.New(&webauthn.Config{
		RPID: u.Hostname(), RPDisplayName: r.Name, RPOrigins: []string{u.Scheme + "://" + u.Host},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired,
		},
	})
}

// passkeyUser adapts a person to the WebAuthn library. Its id reveals nothing
// about the person.
type passkeyUser struct {
	id   []byte
	name string
	all  []webauthn.Credential
}

// WebAuthnID is webauthn's.
func (u passkeyUser) WebAuthnID() []byte { return u.id }

// WebAuthnName is webauthn's.
func (u passkeyUser) WebAuthnName() string { return u.name }

// WebAuthnDisplayName is webauthn's.
func (u passkeyUser) WebAuthnDisplayName() string { return u.name }

// WebAuthnCredentials is webauthn's.
func (u passkeyUser) WebAuthnCredentials() []webauthn.Credential { return u.all }

func (s *Store) loadPasskeyUser(ctx context.Context, personID int64) (passkeyUser, error) {
	p, err := s.PersonByID(ctx, personID)
	if err != nil {
		return passkeyUser{}, err
	}
	u := passkeyUser{name: p.Name}
	if p.Email != nil {
		u.name = *p.Email
	}
	if u.id, err = hex.DecodeString(s.db.Keys.Digest("passkeys.person_id", strconv.FormatInt(personID, 10))); err != nil {
		return u, err
	}
	var rows []Passkey
	if err := s.db.Read(ctx).Where("person_id = ?", personID).Order("id").Find(&rows).Error; err != nil {
		return u, models.Internal("list passkeys", err)
	}
	for _, row := range rows {
		var c webauthn.Credential
		if err := json.Unmarshal([]byte(row.Credential), &c); err != nil {
			return u, models.Internal("read a passkey", err)
		}
		u.all = append(u.all, c)
	}
	return u, nil
}

// ListPasskeys lists the actor's passkeys, oldest first.
func (s *Store) ListPasskeys(ctx context.Context, actor models.Actor) ([]Passkey, error) {
	if !actor.SignedIn() {
		return nil, models.SignInRequired()
	}
	var all []Passkey
	err := s.db.Read(ctx).Where("person_id = ?", actor.PersonID).Order("id").Find(&all).Error
	return all, err
}

// BeginPasskeyRegistration returns what the actor's browser needs to create a
// passkey, as JSON, and the secret of the step that FinishPasskeyRegistration
// completes.
func (s *Store) BeginPasskeyRegistration(ctx context.Context, actor models.Actor, site RelyingParty) (options []byte, secret string, err error) {
	if !actor.SignedIn() {
		return nil, "", models.SignInRequired()
	}
	user, err := s.loadPasskeyUser(ctx, actor.PersonID)
	if err != nil {
		return nil, "", err
	}
	if len(user.all) >= maxPasskeys {
		return nil, "", models.Conflict("accounts.error.passkeys_full")
	}
	rp, err := site.webAuthn()
	if err != nil {
		return nil, "", models.Internal("set passkeys up", err)
	}
	made, session, err := rp.BeginRegistration(user, webauthn.WithExclusions(webauthn.Credentials(user.all).CredentialDescriptors()))
	if err != nil {
		return nil, "", models.Internal("begin a passkey", err)
	}
	return s.storeChallenge(ctx, made.Response, session, SignInStep{Kind: stepPasskeyNew, PersonID: &actor.PersonID})
}

// storeChallenge stores what the library needs to complete the step.
func (s *Store) storeChallenge(ctx context.Context, response any, session *webauthn.SessionData, step SignInStep) (options []byte, secret string, err error) {
	session.Expires = time.Time{} // the step's own clock decides
	data, err := json.Marshal(session)
	if err != nil {
		return nil, "", err
	}
	step.Data = string(data)
	if options, err = json.Marshal(response); err != nil {
		return nil, "", err
	}
	secret, err = s.beginStep(ctx, step)
	return options, secret, err
}

// takeChallenge redeems a step: once, and in time.
func (s *Store) takeChallenge(ctx context.Context, secret, kind string, personID int64) (webauthn.SessionData, error) {
	var step SignInStep
	var session webauthn.SessionData
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		return tx.Raw("DELETE FROM sign_in_steps WHERE token_hash = ? AND kind = ? RETURNING *", models.HashSecret(secret), kind).Scan(&step).Error
	})
	if err != nil {
		return session, models.Internal("take a challenge", err)
	}
	mine := step.PersonID == nil && personID == 0 || step.PersonID != nil && *step.PersonID == personID
	if step.TokenHash == "" || !mine || !s.clock().Before(step.ExpiresAt) {
		return session, models.Conflict("accounts.error.passkey")
	}
	return session, json.Unmarshal([]byte(step.Data), &session)
}

// FinishPasskeyRegistration stores the passkey that the actor's browser has created.
func (s *Store) FinishPasskeyRegistration(ctx context.Context, actor models.Actor, site RelyingParty, secret, name string, response []byte) error {
	if !actor.SignedIn() {
		return models.SignInRequired()
	}
	var wrong models.Fields
	name = text.SingleLine(name)
	checkText(&wrong, "passkey_name", name, 1, 60)
	if err := wrong.Err(); err != nil {
		return err
	}
	session, err := s.takeChallenge(ctx, secret, stepPasskeyNew, actor.PersonID)
	if err != nil {
		return err
	}
	user, err := s.loadPasskeyUser(ctx, actor.PersonID)
	if err != nil {
		return err
	}
	rp, err := site.webAuthn()
	if err != nil {
		return models.Internal("set passkeys up", err)
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(response)
	if err != nil {
		return &models.Error{Code: models.CodeConflict, Key: "accounts.error.passkey", Cause: err}
	}
	made, err := rp.CreateCredential(user, session, parsed)
	if err != nil || !made.Flags.UserVerified {
		return &models.Error{Code: models.CodeConflict, Key: "accounts.error.passkey", Cause: err}
	}
	record, err := json.Marshal(made)
	if err != nil {
		return err
	}
	now := s.clock()
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		err := tx.Create(&Passkey{PublicID: models.NewPublicID(), PersonID: actor.PersonID, Name: name, CredentialID: base64.RawURLEncoding.EncodeToString(made.ID),
			Credential: string(record), CreatedAt: now}).Error
		if err != nil {
			return err
		}
		return s.recordSecurityChange(ctx, tx, actor.PersonID, "accounts.passkey_added", now)
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return models.Conflict("accounts.error.passkey")
	}
	return err
}

// RemovePasskey deletes a passkey. There is always another sign-in method
// beside it, see CanRemoveSignInMethod.
func (s *Store) RemovePasskey(ctx context.Context, actor models.Actor, publicID string) error {
	if !actor.SignedIn() {
		return models.SignInRequired()
	}
	now := s.clock()
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		gone := tx.Exec("DELETE FROM passkeys WHERE person_id = ? AND public_id = ?", actor.PersonID, publicID)
		if gone.Error != nil {
			return gone.Error
		}
		if gone.RowsAffected == 0 {
			return models.NotFound()
		}
		return s.recordSecurityChange(ctx, tx, actor.PersonID, "accounts.passkey_removed", now)
	})
}

// BeginPasskeySignIn returns what a browser needs to present a passkey, as
// JSON, and the secret of the step that FinishPasskeySignIn completes. For
// somebody who is signed in, it proves that they are still the same person.
func (s *Store) BeginPasskeySignIn(ctx context.Context, actor models.Actor, site RelyingParty) (options []byte, secret string, err error) {
	rp, err := site.webAuthn()
	if err != nil {
		return nil, "", models.Internal("set passkeys up", err)
	}
	asked, session, err := rp.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return nil, "", models.Internal("begin a sign-in", err)
	}
	step := SignInStep{Kind: stepPasskeySignIn}
	if actor.SignedIn() {
		step = SignInStep{Kind: stepPasskeyConfirm, PersonID: &actor.PersonID}
	}
	return s.storeChallenge(ctx, asked.Response, session, step)
}

// FinishPasskeySignIn returns the person whose passkey was presented. If somebody
// is signed in, it has to be their own.
func (s *Store) FinishPasskeySignIn(ctx context.Context, actor models.Actor, site RelyingParty, secret string, response []byte) (int64, error) {
	kind := stepPasskeySignIn
	if actor.SignedIn() {
		kind = stepPasskeyConfirm
	}
	session, err := s.takeChallenge(ctx, secret, kind, actor.PersonID)
	if err != nil {
		return 0, err
	}
	rp, err := site.webAuthn()
	if err != nil {
		return 0, models.Internal("set passkeys up", err)
	}
	refused := func(cause error) (int64, error) {
		err := s.db.Tx(ctx, func(tx *db.Tx) error {
			return tx.WriteAudit(ctx, db.AuditEntry{At: s.clock(), PersonID: actor.PersonID, Action: "accounts.sign_in_failed", Detail: map[string]string{"way": string(WayPasskey)}})
		})
		if err != nil {
			return 0, err
		}
		return 0, &models.Error{Code: models.CodeConflict, Key: "accounts.error.passkey", Cause: cause}
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(response)
	if err != nil {
		return refused(err)
	}
	var row Passkey
	_, shown, err := rp.ValidatePasskeyLogin(func(rawID, _ []byte) (webauthn.User, error) {
		err := s.db.Read(ctx).Where("credential_id = ?", base64.RawURLEncoding.EncodeToString(rawID)).Take(&row).Error
		if err != nil {
			return nil, err
		}
		return s.loadPasskeyUser(ctx, row.PersonID)
	}, session, parsed)
	if err != nil {
		return refused(err)
	}
	if shown.Authenticator.CloneWarning || !shown.Flags.UserVerified || actor.SignedIn() && row.PersonID != actor.PersonID {
		return refused(nil)
	}
	record, err := json.Marshal(shown)
	if err != nil {
		return 0, err
	}
	return row.PersonID, s.db.Tx(ctx, func(tx *db.Tx) error {
		return tx.Exec("UPDATE passkeys SET credential = ?, last_used_at = ? WHERE id = ?", string(record), s.clock(), row.ID).Error
	})
}

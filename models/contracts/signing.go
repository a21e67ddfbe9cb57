package contracts

import (
	"context"
	"errors"
	"strings"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
	"tribemarket/models/text"
	"tribemarket/models/workflow"
	"tribemarket/models/workflow/run"
)

// ConsentVersion is the version of the text that signers agree to, contracts.consent.
const ConsentVersion = 1

// The longest answers of a signer, in characters.
const (
	MaxSignerName = 160
	MaxSignerRole = 100
	maxAgent      = 300
)

// SigningForm is what a person signs with.
type SigningForm struct {
	SHA256    string // of the document that the page showed
	Name      string
	Role      string // in the organisation; a creator may leave it out
	Authority bool   // they may sign for their side
	Adult     bool   // they are 18 or over
	Agreed    bool   // to the consent
	Consent   string // the text that they were shown, word for word
}

// Proof is how and when a person proved who they are, and with which browser they came.
type Proof struct {
	Way   accounts.SignInMethod
	At    time.Time
	Agent string
}

// Sign signs the document of a contract by its hash. The same signature again changes
// nothing.
func (s *Store) Sign(ctx context.Context, a models.Actor, publicID string, f SigningForm, proof Proof) error {
	err := s.act(ctx, a, publicID, func(w *run.Work, r contractRow) error {
		form, err := s.checkSigner(w, a, f, proof)
		if err != nil {
			return err
		}
		if r.SHA256 == nil || *r.SHA256 != f.SHA256 {
			return models.Conflict("contracts.error.other_document")
		}
		var own signatureRow
		if err := w.Where("contract_id = ? AND side = ?", r.ID, w.Side).Limit(1).Find(&own).Error; err != nil {
			return err
		}
		if own.ID != 0 {
			if own.PersonID != a.PersonID {
				return models.Conflict("contracts.error.signed_by_other")
			}
			return nil
		}
		if err := checkAsked(w, a, r); err != nil {
			return err
		}
		if err := checkAmendmentApproval(w, a, r); err != nil {
			return err
		}
		subject := r.subject()
		done, err := contracts.Do(w, &subject, run.Act{Action: ActionSign, Holds: []workflow.Condition{Unsigned}})
		if err != nil || !done {
			return err
		}
		if err := s.addSignature(ctx, w, a, r, form, proof); err != nil || subject.State != Signed {
			return err
		}
		return w.Enqueue(CertifyArgs{r.ID}, nil)
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return models.Conflict("contracts.error.signed_by_other")
	}
	return err
}

// signer is what is kept of who signs.
type signer struct {
	SigningForm
	email string
}

// checkSigner refuses whoever may not sign, and says what is missing. Fields: name, role,
// authority, adult, agreed.
func (s *Store) checkSigner(w *run.Work, a models.Actor, f SigningForm, proof Proof) (signer, error) {
	if !accounts.IsReauthenticationFresh(proof.At, w.Now) || !proof.Way.IsOwnProof() {
		return signer{}, models.Forbidden("contracts.error.proof")
	}
	email, err := accounts.ConfirmedEmail(w.DB, a.PersonID)
	if err != nil {
		return signer{}, err
	}
	if email == "" {
		return signer{}, models.Forbidden("contracts.error.unconfirmed")
	}
	var wrong models.Fields
	f.Name, f.Role = text.SingleLine(f.Name), text.SingleLine(f.Role)
	checkLength(&wrong, "name", f.Name, 1, MaxSignerName)
	least := 0
	if w.Side == models.SideBrand {
		least = 1
	}
	checkLength(&wrong, "role", f.Role, least, MaxSignerRole)
	checkNamed(&wrong, "name", f.Name)
	s.checkLetters(&wrong, "name", f.Name)
	s.checkLetters(&wrong, "role", f.Role)
	for _, tick := range []struct {
		field  string
		ticked bool
	}{{"authority", f.Authority}, {"adult", f.Adult}, {"agreed", f.Agreed && f.Consent != ""}} {
		if !tick.ticked {
			wrong.Add(tick.field, "contracts.invalid."+tick.field)
		}
	}
	return signer{f, email}, wrong.Err()
}

// addSignature writes the signature, whose line in the audit log it names.
func (s *Store) addSignature(ctx context.Context, w *run.Work, a models.Actor, r contractRow, by signer, proof Proof) error {
	var opening openingRow
	if err := w.Where("contract_id = ? AND person_id = ?", r.ID, a.PersonID).Limit(1).Find(&opening).Error; err != nil {
		return err
	}
	number, err := w.WriteNumberedAudit(ctx, db.AuditEntry{
		At: w.Now, PersonID: a.PersonID, Action: "contracts.signed", Subject: db.AuditSubject(Table.Subject, r.ID),
		Detail: map[string]string{"sha256": *r.SHA256, "side": string(w.Side), "proof": string(proof.Way)},
	})
	if err != nil {
		return err
	}
	x := signatureRow{
		ContractID: r.ID, SHA256: *r.SHA256, Side: w.Side, PersonID: a.PersonID, Name: by.Name, Role: by.Role,
		Consent: by.Consent, ConsentVersion: ConsentVersion, Proof: string(proof.Way), ProvedAt: proof.At, Email: by.email,
		DownloadedAt: opening.DownloadedAt, SignedAt: w.Now,
		Address: models.OriginOf(ctx).Address, Agent: text.Truncate(printableAgent(proof.Agent), maxAgent), AuditNumber: number,
	}
	if opening.PersonID != 0 {
		x.OpenedAt = &opening.OpenedAt
	}
	return w.Create(&x).Error
}

// printableAgent is the name of a browser in the letters that such names are made of: a
// certificate prints it, and no letter of it may keep one from being made.
func printableAgent(agent string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, agent)
}

// Decline says that the actor's side does not sign, for a reason; errors name the field
// "reason".
func (s *Store) Decline(ctx context.Context, a models.Actor, publicID, reason string) error {
	reason = text.Paragraphs(reason)
	return s.act(ctx, a, publicID, func(w *run.Work, r contractRow) error {
		var wrong models.Fields
		checkLength(&wrong, "reason", reason, 1, MaxReason)
		if err := wrong.Err(); err != nil {
			return err
		}
		holds, err := unsignedBy(w, r)
		if err != nil {
			return err
		}
		subject := r.subject()
		_, err = contracts.Do(w, &subject, run.Act{Action: ActionDecline, Note: reason, Holds: holds})
		return err
	})
}

// act locks an actor's contract for a verb of one of its sides.
func (s *Store) act(ctx context.Context, a models.Actor, publicID string, verb func(*run.Work, contractRow) error) error {
	if !models.IsPublicID(publicID) {
		return models.NotFound()
	}
	return s.engine.Do(ctx, a, func(w *run.Work) error {
		if err := lockAmended(w, publicID); err != nil {
			return err
		}
		r, err := lockContract(w, "public_id = ?", publicID)
		if err != nil {
			return err
		}
		if w.Side = partyOf(a, r.BrandID, r.CreatorID); w.Side == "" {
			return models.NotFound()
		}
		if !CanSign(a, w.Side) {
			return models.Forbidden("deals.error.role")
		}
		return verb(w, r)
	})
}

// partyOf is the side of a contract that the actor is on; "" for a stranger.
func partyOf(a models.Actor, brandID, creatorID int64) models.Side {
	switch {
	case !a.IsPartyOf(brandID, creatorID):
	case a.BrandID == brandID:
		return models.SideBrand
	default:
		return models.SideCreator
	}
	return ""
}

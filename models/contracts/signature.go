package contracts

import (
	"time"

	"tribemarket/models"
)

// Signature is one side's signature of a contract's document.
type Signature struct {
	Side           models.Side
	SHA256         string // of what was signed
	PersonID       int64
	Name           string // as typed
	Role           string // as typed, in the organisation
	Consent        string // the text, word for word
	ConsentVersion int
	Proof          string // how the person proved who they are
	ProvedAt       time.Time
	Email          string // confirmed
	OpenedAt       *time.Time
	DownloadedAt   *time.Time
	SignedAt       time.Time
	Address        string // of the device
	Agent          string // its browser
	AuditNumber    int64  // of its line in the audit log
}

type signatureRow struct {
	ID             int64
	ContractID     int64
	SHA256         string
	Side           models.Side
	PersonID       int64
	Name           string
	Role           string
	Consent        string
	ConsentVersion int
	Proof          string
	ProvedAt       time.Time
	Email          string
	OpenedAt       *time.Time
	DownloadedAt   *time.Time
	SignedAt       time.Time
	Address        string
	Agent          string
	AuditNumber    int64
}

func (signatureRow) TableName() string { return "contract_signatures" }

func (r signatureRow) signature() Signature {
	return Signature{
		Side: r.Side, SHA256: r.SHA256, PersonID: r.PersonID, Name: r.Name, Role: r.Role, Consent: r.Consent, ConsentVersion: r.ConsentVersion,
		Proof: r.Proof, ProvedAt: r.ProvedAt.UTC(), Email: r.Email, OpenedAt: utc(r.OpenedAt), DownloadedAt: utc(r.DownloadedAt), SignedAt: r.SignedAt.UTC(),
		Address: r.Address, Agent: r.Agent, AuditNumber: r.AuditNumber,
	}
}

package accounts

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"golang.org/x/net/idna"
	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/text"
)

// NoticeDomainLost is the notice of a domain whose code is no longer found.
const NoticeDomainLost NoticeKind = "domain_lost"

// How often a domain is checked again: weekly while the code is there, daily
// once it was missing; after so many misses the brand loses its mark.
const (
	domainCheckInterval = 7 * 24 * time.Hour
	domainRetryInterval = 24 * time.Hour
	domainMissesAllowed = 3
)

// BrandDomain is a domain that a brand claims as its own. The code that proves it
// is public by nature.
type BrandDomain struct {
	BrandID    int64 `gorm:"primaryKey"`
	Domain     string
	Code       string
	AskedBy    int64
	AskedAt    time.Time
	Method     string     // dns or file; "" until the code was found
	VerifiedAt *time.Time // nil while the domain is not verified
	CheckedAt  *time.Time
	CheckAt    *time.Time // when the domain is checked next; nil if no check is due
	Missed     int        // checks in a row that did not find the code
	LostAt     *time.Time
}

// TableName is the table's name, for GORM.
func (BrandDomain) TableName() string { return "brand_domains" }

// ProofText is the text to put into the DNS record or the file.
func (d BrandDomain) ProofText() string { return DomainProofText(d.Code) }

// DomainProofPath is the path of the file with the text on the domain's site.
const DomainProofPath = "/.well-known/tribemarket.txt"

// DomainProofText is the text that carries a code.
func DomainProofText(code string) string { return "tribemarket=" + code }

// ParseDomain returns a host name as DNS writes it; a URL is accepted too.
func ParseDomain(s string) (string, bool) {
	s = strings.ToLower(text.SingleLine(s))
	if _, rest, ok := strings.Cut(s, "://"); ok {
		s = rest
	}
	s, _, _ = strings.Cut(s, "/")
	s = strings.TrimSuffix(strings.TrimPrefix(s, "www."), ".")
	host, err := idna.Lookup.ToASCII(s)
	if err != nil || len(host) > 253 || !strings.Contains(host, ".") || strings.ContainsAny(host, ":@ _") {
		return "", false
	}
	if _, err := netip.ParseAddr(host); err == nil {
		return "", false
	}
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || len(label) > 63 {
			return "", false
		}
	}
	last := host[strings.LastIndexByte(host, '.')+1:]
	return host, strings.Trim(last, "0123456789") != "" && last != "local" && last != "localhost" && last != "internal" && last != "onion"
}

// OwnDomain reads the domain of the actor's brand; nil if it has claimed none.
func (s *Store) OwnDomain(ctx context.Context, actor models.Actor) (*BrandDomain, error) {
	if !CanSeeBusiness(actor, actor.BrandID) {
		return nil, models.NotFound()
	}
	return s.DomainOfBrand(ctx, actor.BrandID)
}

// DomainOfBrand reads the domain of a brand, nil for none; for jobs and public pages.
func (s *Store) DomainOfBrand(ctx context.Context, brandID int64) (*BrandDomain, error) {
	var d BrandDomain
	err := s.db.Read(ctx).Take(&d, brandID).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, nil
	}
	return &d, err
}

// ClaimDomain issues a code with which the actor's brand proves that the domain is
// its own. Claiming another domain gives up the mark of the previous one. Field:
// domain.
func (s *Store) ClaimDomain(ctx context.Context, actor models.Actor, domain string) error {
	if !CanVerifyDomain(actor, actor.BrandID) {
		return errRole()
	}
	host, ok := ParseDomain(domain)
	if !ok {
		return models.Invalid("domain", "accounts.error.domain")
	}
	before, err := s.DomainOfBrand(ctx, actor.BrandID)
	if err != nil || before != nil && before.Domain == host {
		return err
	}
	return s.asOwner(ctx, actor, func(tx *db.Tx, now time.Time) error {
		if err := tx.Exec("DELETE FROM brand_domains WHERE brand_id = ?", actor.BrandID).Error; err != nil {
			return err
		}
		d := BrandDomain{BrandID: actor.BrandID, Domain: host, Code: models.NewPublicID() + models.NewPublicID(), AskedBy: actor.PersonID, AskedAt: now}
		if err := tx.Create(&d).Error; err != nil {
			return err
		}
		return auditDomain(ctx, tx, now, actor.PersonID, "accounts.domain_named", d)
	})
}

func auditDomain(ctx context.Context, tx *db.Tx, now time.Time, personID int64, action string, d BrandDomain) error {
	return tx.WriteAudit(ctx, db.AuditEntry{At: now, PersonID: personID, Action: action, Subject: db.AuditSubject("brand", d.BrandID), Detail: map[string]string{"domain": d.Domain}})
}

// CheckDomainArgs is the job that looks for a brand's code.
type CheckDomainArgs struct {
	BrandID int64  `json:"brand_id"`
	Code    string `json:"code"` // the code to look for; the job ends if it has been replaced
}

// Kind is the job's name, for River.
func (CheckDomainArgs) Kind() string { return "accounts.check_domain" }

// RequestDomainCheck enqueues a check for the code of the actor's brand.
func (s *Store) RequestDomainCheck(ctx context.Context, actor models.Actor) error {
	if !CanVerifyDomain(actor, actor.BrandID) {
		return errRole()
	}
	d, err := s.DomainOfBrand(ctx, actor.BrandID)
	if err != nil {
		return err
	}
	if d == nil {
		return models.NotFound()
	}
	l := models.DomainChecks
	if err := s.db.CountUse(ctx, s.clock(), l.Name, fmt.Sprint(actor.BrandID), l.Most, l.Per); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error { return tx.Enqueue(CheckDomainArgs{d.BrandID, d.Code}, nil) })
}

// RemoveDomain gives up the domain and its mark.
func (s *Store) RemoveDomain(ctx context.Context, actor models.Actor) error {
	if !CanVerifyDomain(actor, actor.BrandID) {
		return errRole()
	}
	d, err := s.DomainOfBrand(ctx, actor.BrandID)
	if err != nil || d == nil {
		return err
	}
	return s.asOwner(ctx, actor, func(tx *db.Tx, now time.Time) error {
		if err := tx.Exec("DELETE FROM brand_domains WHERE brand_id = ?", actor.BrandID).Error; err != nil {
			return err
		}
		return auditDomain(ctx, tx, now, actor.PersonID, "accounts.domain_removed", *d)
	})
}

// RecordDomainCheck stores the result of a check: method is how the code was found,
// "" if it wasn't.
func (s *Store) RecordDomainCheck(ctx context.Context, brandID int64, code, method string) error {
	now := s.clock()
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		var all []BrandDomain
		if err := LockBrand(tx, brandID); err != nil {
			return err
		}
		if err := tx.Where("brand_id = ? AND code = ?", brandID, code).Find(&all).Error; err != nil || len(all) == 0 {
			return err
		}
		d := all[0]
		set := map[string]any{"checked_at": now}
		switch {
		case method != "":
			set["method"], set["missed"], set["check_at"], set["lost_at"] = method, 0, now.Add(domainCheckInterval), nil
			if d.VerifiedAt == nil {
				set["verified_at"] = now
				if err := auditDomain(ctx, tx, now, 0, "accounts.domain_verified", d); err != nil {
					return err
				}
			}
		case d.VerifiedAt == nil:
			set["missed"] = d.Missed + 1
		case d.Missed+1 < domainMissesAllowed:
			set["missed"], set["check_at"] = d.Missed+1, now.Add(domainRetryInterval)
		default:
			set["missed"], set["check_at"], set["verified_at"], set["lost_at"], set["method"] = d.Missed+1, nil, nil, now, ""
			if err := recordLostDomain(ctx, tx, d, now); err != nil {
				return err
			}
		}
		return tx.Model(&BrandDomain{}).Where("brand_id = ?", brandID).Updates(set).Error
	})
}

func recordLostDomain(ctx context.Context, tx *db.Tx, d BrandDomain, now time.Time) error {
	if err := notifyOwners(tx, now, d.BrandID, Notice{Kind: NoticeDomainLost, BrandID: d.BrandID, Domain: d.Domain}); err != nil {
		return err
	}
	return auditDomain(ctx, tx, now, 0, "accounts.domain_lost", d)
}

// SweepDomainsArgs is the job that finds the domains that are due for a check.
type SweepDomainsArgs struct{}

// Kind is the job's name, for River.
func (SweepDomainsArgs) Kind() string { return "accounts.sweep_domains" }

// EnqueueDueDomainChecks enqueues a job for each domain that is due for a check.
func (s *Store) EnqueueDueDomainChecks(ctx context.Context) error {
	now := s.clock()
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		var due []BrandDomain
		if err := tx.Where("check_at <= ?", now).Order("check_at").Limit(500).Find(&due).Error; err != nil {
			return err
		}
		for _, d := range due {
			// The next sweep leaves the domain alone until the job is done.
			if err := tx.Exec("UPDATE brand_domains SET check_at = ? WHERE brand_id = ?", now.Add(domainRetryInterval), d.BrandID).Error; err != nil {
				return err
			}
			if err := tx.Enqueue(CheckDomainArgs{d.BrandID, d.Code}, nil); err != nil {
				return err
			}
		}
		return nil
	})
}

// Package privacy shows what is stored about people, and lets them export it or have it
// erased.
package privacy

import (
	"tribemarket/models/privacy"
)

// PrivacySettingsProps is what a person can do about the data stored about them.
type PrivacySettingsProps struct {
	Leaving privacy.ErasurePreview
	Creator bool
	Kind    string // the side on which they act
	Errors  map[string]string
	Error   string // why the erasure was refused
}

// AboutPrivacyProps is the instance's data inventory and retention periods.
type AboutPrivacyProps struct {
	Holdings []privacy.Holding
	Rules    []privacy.RetentionRule
	Site     string
	Contact  string // an address to write to, "" for none
}

// purposes lists the purposes for which data is stored, in the order of the inventory.
func (p AboutPrivacyProps) purposes() []privacy.Purpose {
	var all []privacy.Purpose
	seen := map[privacy.Purpose]bool{"": true}
	for _, h := range p.Holdings {
		if !seen[h.Purpose] {
			seen[h.Purpose] = true
			all = append(all, h.Purpose)
		}
	}
	return all
}

// retentionRules lists the rules by which data that serves a purpose is deleted.
func (p AboutPrivacyProps) retentionRules(why privacy.Purpose) []privacy.RetentionRule {
	var all []privacy.RetentionRule
	for _, r := range p.Rules {
		for _, h := range p.Holdings {
			if h.Purpose == why && h.Period == r.Name {
				all = append(all, r)
				break
			}
		}
	}
	return all
}

// tableNames names the tables that serve a purpose, for readers of an export.
func (p AboutPrivacyProps) tableNames(why privacy.Purpose) string {
	var names string
	for _, h := range p.Holdings {
		if h.Purpose != why {
			continue
		}
		if names != "" {
			names += ", "
		}
		names += h.Table
	}
	return names
}

// ProfileClaimProps is a profile that nobody has claimed.
type ProfileClaimProps struct {
	ID, Name  string
	Platforms []string // of the profile, and available for signing in here
	Elsewhere bool     // none of the profile's platforms is available for signing in here
	Contact   string
}

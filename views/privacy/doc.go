// Package privacy shows what is held on people, and lets them take it along or
// have it erased.
package privacy

import (
	"tribemarket/models/privacy"
)

// PrivacySettingsProps is what a person can do about what is held on them.
type PrivacySettingsProps struct {
	Leaving privacy.ErasurePreview
	Creator bool
	Kind    string // the side for which they act
	Errors  map[string]string
	Error   string // why the erasure was refused
}

// AboutPrivacyProps is the instance's inventory and its periods.
type AboutPrivacyProps struct {
	Holdings []privacy.Holding
	Rules    []privacy.RetentionRule
	Site     string
	Contact  string // an address to write to, "" for none
}

// purposes lists those that hold something, in the order of the inventory.
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

// retentionRules lists the rules by which what serves a purpose goes by itself.
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

// tableNames names the tables that serve a purpose, for whoever reads an export.
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
	Platforms []string // that the profile is of, and that people can sign in with here
	Elsewhere bool     // none of the profile's platforms can be signed in with here
	Contact   string
}

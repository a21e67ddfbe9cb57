package models

import "time"

// Limit is how often something may be done within a period.
type Limit struct {
	Name string // under which it is counted
	Most int
	Per  time.Duration
}

// The limits across all nodes, which db.CountUse counts. Sources: M Mastodon, PB
// PocketBase, own where they have no figure.
var (
	SignInStarts   = Limit{"sign_in", 25, 5 * time.Minute}        // by client address; M
	SignInFailures = Limit{"sign_in_failed", 50, time.Hour}       // by account, of devices that it doesn't know; own
	SignUps        = Limit{"sign_up", 5, 30 * time.Minute}        // by client address; M
	MailsFrom      = Limit{"mail_from", 5, 30 * time.Minute}      // by the mail's address and the client's: confirmations and resets; M
	Creations      = Limit{"create", 20, 5 * time.Second}         // by person; PB
	NewProposals   = Limit{"propose_new", 10, 24 * time.Hour}     // by person whose account is younger than NewAccountPeriod; own
	Pitches        = Limit{"pitch", 5, 24 * time.Hour}            // by creator, counted by their negotiations; own
	WeeklyPitches  = Limit{"pitch_week", 15, 7 * 24 * time.Hour}  // the same; own
	NewPitches     = Limit{"pitch_new", 2, 24 * time.Hour}        // the same, while the account is younger than NewAccountPeriod; own
	NewMessages    = Limit{"message_new", 20, 24 * time.Hour}     // the same; own
	Exports        = Limit{"export", 10, time.Hour}               // by person; own
	Uploads        = Limit{"upload", 30, 30 * time.Minute}        // by person; M
	SecondFactors  = Limit{"second_factor", 10, 10 * time.Minute} // by account; own
	Invitations    = Limit{"invite", 20, 24 * time.Hour}          // by brand; own
	InvitationsTo  = Limit{"invite_to", 5, 30 * time.Minute}      // by brand and the mail's address; M
	DomainChecks   = Limit{"domain_check", 10, time.Hour}         // by brand; own

	SignInFailuresFrom     = Limit{"sign_in_failed_from", 10, time.Hour}     // by account and client address; own
	SignInFailuresOfDevice = Limit{"sign_in_failed_device", 25, time.Hour}   // by account and device; M
	SignInFailureNotices   = Limit{"sign_in_failed_mail", 1, 24 * time.Hour} // by account; own
	IdentityCodes          = Limit{"identity_code", 5, time.Hour}            // by person; own, 25 tries of 10^8
	RecoveryCodes          = Limit{"recovery_code", 10, 10 * time.Minute}    // by account; own

	Reports = Limit{"report", 20, 24 * time.Hour} // by person; own

	// Mails beyond these are withheld, and nobody is refused or told.
	ResetsTo        = Limit{"reset_to", 5, 30 * time.Minute}       // unused links of an account; M
	ConfirmationsTo = Limit{"confirmation_to", 50, time.Hour}      // by the mail's address, for everybody's accounts; own
	KnownEmailsTo   = Limit{"known_email_to", 5, 30 * time.Minute} // by the mail's address; M
)

// Wider is the limit of a network of many smaller ones: an IPv6 /48, of which a
// household may have all 65,536 /64s.
func (l Limit) Wider() Limit { return Limit{l.Name + "_wide", 4 * l.Most, l.Per} }

// NewAccountPeriod is how long an account counts as new.
const NewAccountPeriod = 24 * time.Hour

// The limits of browsing, which each node counts in memory. D is Discourse.
var (
	BrowsingAnonymous = Limit{"browse", 300, 5 * time.Minute}       // by client address; M
	BrowsingBurst     = Limit{"browse_burst", 50, 10 * time.Second} // the same; D
	BrowsingSignedIn  = Limit{"browse_person", 1500, 5 * time.Minute}
	AnonymousForms    = Limit{"form", 100, 10 * time.Minute}    // forms of visitors who are not signed in, by client address; own
	Programs          = Limit{"program", 300, time.Second}      // probes, hooks and mail programs, by client address; own, above any prober's
	PictureViews      = Limit{"picture", 300, 10 * time.Second} // uploaded pictures, by person or client address; own, a long page twice
	SearchAnonymous   = Limit{"search", 300, 15 * time.Minute}  // searches, further pages and similar creators, by client address; M
)

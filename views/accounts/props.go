package accounts

import (
	"time"

	"tribemarket/models"
	"tribemarket/models/files"
	"tribemarket/views/components"
)

// SignInProps is the page on which creators choose their platform and members of brands
// enter a password.
type SignInProps struct {
	Next      string // where to go afterwards, checked
	Email     string
	Errors    map[string]string // by field
	Platforms []string          // with which creators can sign in
	Provider  string            // of OpenID Connect, "" for none
}

// SignUpProps is the form that creates a brand and its first member.
type SignUpProps struct {
	Next    string
	Brand   string
	Site    string
	Country string
	Sells   string
	Kind    string
	Name    string
	Email   string
	Errors  map[string]string

	Provider string // the provider used instead of a password, "" for none
	Attempt  string // of the sign-ups with it that wait in this browser
}

// WelcomeProps asks a new creator for what the platform did not provide.
type WelcomeProps struct {
	Name      string
	Email     string
	Locale    string
	Zone      string
	Next      string // where to go afterwards, checked
	Followers int64  // of the most followed account
	Floor     int64  // followers from which the marketplace lists an account
	Errors    map[string]string
}

// EmailConfirmationProps is what a confirmation link leads to.
type EmailConfirmationProps struct {
	Email string
	Token string
	Done  bool   // the link was used
	Next  string // where the person was when they asked for it, "" if that is unknown

	AsksPassword bool // the person has to prove who they are
	Errors       map[string]string
}

// SettingsProps is what a person may change about themselves.
type SettingsProps struct {
	Name      string
	Email     string // as entered
	Locale    string
	Zone      string
	Current   string // the e-mail address in use, "" for none
	Confirmed bool   // Current is confirmed
	Pending   string // the e-mail address to which an unused link was sent
	Kind      string // "brand" or "creator"
	Next      string // where a confirmed address leads on
	Errors    map[string]string
}

// BrandProps is a brand as creators see it.
type BrandProps struct {
	PublicID string
	Name     string
	Logo     *files.Picture // nil without one
	Site     string
	Country  string
	Sells    string
	Since    time.Time
	Own      bool // the viewer may change it
	Moderate components.ModerationMenu

	Agency              bool
	LegalName           string
	LegalCountry        string
	VAT                 string
	Verified, Explained string            // the mark of its domain, "" for none, and what it says
	Pitch               components.Button // leads a creator to the form of a pitch; no label where it does not
	PitchNote           string            // why it does not; "" for none
	Ask, AskLabel       string            // of an agency: the page on which the viewer can let it act for their brand, "" if they may not
}

// LogoProps is a brand's logo, to be changed.
type LogoProps struct {
	PublicID, Name string // of the brand
	Logo           *files.Picture
	ReadOnly       bool
	Role           models.Role // of the viewer
	Errors         models.Fields
}

// BrandFormProps is what a brand may change about itself.
type BrandFormProps struct {
	PublicID string
	Name     string
	Site     string
	Country  string
	Sells    string
	Kind     string // brand or agency
	Errors   map[string]string

	ReadOnly bool // the reader may not change it
	Role     models.Role
}

// SignInProblemProps is a sign-in with a platform that failed.
type SignInProblemProps struct {
	Kind     string // refused, not_connected, not_confirmed, scope, no_account, hidden, personal, again, setup, state or busy
	Platform string
	Name     string // of the platform, for people
	Next     string // where the sign-in was meant to lead, "" for nowhere in particular
	Purpose  string // connect or confirm for a signed-in person, "" to sign in
}

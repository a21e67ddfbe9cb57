package accounts

import (
	"time"

	"tribemarket/views/components"
)

// SignInProps is the page where creators choose their platform and brands enter
// a password.
type SignInProps struct {
	Next      string // where to go afterwards, checked
	Email     string
	Errors    map[string]string // by field
	Platforms []string          // with which creators can sign in
	Provider  string            // of OpenID Connect, "" for none
}

// SignUpProps is the form that makes a brand and its first member.
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

	Provider string // with which the person signs in instead of a password, "" for none
}

// WelcomeProps asks a new creator for what the platform did not tell.
type WelcomeProps struct {
	Name      string
	Email     string
	Locale    string
	Zone      string
	Next      string // where to go afterwards, checked
	Followers int64  // of the most followed account
	Floor     int64  // from which the marketplace lists
	Errors    map[string]string
}

// EmailConfirmationProps is what a confirmation link leads to.
type EmailConfirmationProps struct {
	Email string
	Token string
	Done  bool // the link was used

	AsksPassword bool // whoever presses shows that they are the person
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
	Pending   string // the e-mail address to which a link went that nobody has used
	Kind      string // "brand" or "creator"
	Errors    map[string]string
}

// BrandProps is a brand as creators see it.
type BrandProps struct {
	Name     string
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
	Verified, Explained string // the mark of its domain, "" for none, and what it says
	Ask, AskLabel       string // of an agency: where the viewer lets it act for the own brand, "" where they may not
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
}

// SignInProblemProps is a sign-in with a platform that did not work out.
type SignInProblemProps struct {
	Kind     string // refused, not_connected, not_confirmed, scope, no_account, hidden, personal, again, setup, state or busy
	Platform string
	Name     string // of the platform, for people
	Next     string // where the sign-in was to lead, "" if nowhere in particular
	Purpose  string // connect or confirm of somebody signed in, "" to sign in
}

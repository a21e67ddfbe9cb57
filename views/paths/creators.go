package paths

import "net/url"

// Creator is a creator's media kit.
func Creator(id string) string { return "/c/" + esc(id) }

// CreatorPicture is the picture of a creator's page, in a language.
func CreatorPicture(id, locale string) string {
	return with(Creator(id)+"/picture.png", url.Values{"lang": {locale}})
}

// ProfileSettings are what a creator says about themselves.
func ProfileSettings() string { return "/settings/profile" }

// AudienceSettings are what a creator says of the audience.
func AudienceSettings() string { return ProfileSettings() + "/audience" }

// LimitSettings are what a creator doesn't want to be asked for.
func LimitSettings() string { return "/settings/limits" }

// EligibilitySettings say which programmes are a creator's.
func EligibilitySettings() string { return "/settings/eligibility" }

// BirthSettings is where a creator's birth date is sent (POST).
func BirthSettings() string { return EligibilitySettings() + "/birth" }

// ConnectedAccounts are a creator's accounts on platforms.
func ConnectedAccounts() string { return "/settings/accounts" }

// AccountRemoval disconnects one of them (POST).
func AccountRemoval(id string) string { return ConnectedAccounts() + "/" + esc(id) + "/removal" }

// RemovalStatus says what became of a removal that a platform asked for.
func RemovalStatus(code string) string { return "/deletion/" + esc(code) }

// AdminTribes lists tribes, and takes a new one (POST).
func AdminTribes() string { return "/admin/tribes" }

// AdminNewTribe is the form of a new tribe.
func AdminNewTribe() string { return AdminTribes() + "/new" }

// AdminTribe is a tribe's form, and where it is sent (POST).
func AdminTribe(slug string) string { return AdminTribes() + "/" + esc(slug) }

// AdminProgrammes are the programmes, to be changed.
func AdminProgrammes() string { return "/admin/programmes" }

// AdminProgramme is where a programme's floor is sent (POST).
func AdminProgramme(key string) string { return AdminProgrammes() + "/" + esc(key) }

// AdminProgrammeRemoval takes a programme's floor away (POST).
func AdminProgrammeRemoval(key string) string { return AdminProgramme(key) + "/removal" }

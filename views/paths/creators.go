package paths

import "net/url"

// Creator is a creator's media kit.
func Creator(id string) string { return "/c/" + esc(id) }

// CreatorPost is one of a creator's latest posts, by its platform and its id there.
func CreatorPost(id, platform, post string) string {
	return Creator(id) + "/posts/" + esc(platform) + "/" + esc(post)
}

// CreatorPicture is the preview picture of a creator's page, in a language.
func CreatorPicture(id, locale string) string {
	return WithQuery(Creator(id)+"/picture.png", url.Values{"lang": {locale}})
}

// ProfileSettings are what a creator says about themselves.
func ProfileSettings() string { return "/settings/profile" }

// AudienceSettings are what a creator declares about the audience.
func AudienceSettings() string { return ProfileSettings() + "/audience" }

// LimitSettings are what a creator does not want to be asked for.
func LimitSettings() string { return "/settings/limits" }

// EligibilitySettings show the programmes for which a creator is eligible.
func EligibilitySettings() string { return "/settings/eligibility" }

// BirthSettings saves a creator's date of birth (POST).
func BirthSettings() string { return EligibilitySettings() + "/birth" }

// ConnectedAccounts are a creator's accounts on platforms.
func ConnectedAccounts() string { return "/settings/accounts" }

// AccountRemoval disconnects an account (POST).
func AccountRemoval(id string) string { return ConnectedAccounts() + "/" + esc(id) + "/removal" }

// RemovalStatus says what became of a removal that a platform asked for.
func RemovalStatus(code string) string { return "/deletion/" + esc(code) }

// AdminTribes lists tribes, and creates one (POST).
func AdminTribes() string { return "/admin/tribes" }

// AdminNewTribe is the form of a new tribe.
func AdminNewTribe() string { return AdminTribes() + "/new" }

// AdminTribe is the form of a tribe, and saves it (POST).
func AdminTribe(slug string) string { return AdminTribes() + "/" + esc(slug) }

// AdminProgrammes are the programmes, for administrators to change.
func AdminProgrammes() string { return "/admin/programmes" }

// AdminProgramme saves a floor of a programme (POST).
func AdminProgramme(key string) string { return AdminProgrammes() + "/" + esc(key) }

// AdminProgrammeRemoval removes a floor of a programme (POST).
func AdminProgrammeRemoval(key string) string { return AdminProgramme(key) + "/removal" }

// PictureSettings are a creator's portrait and works, and adds one (POST).
func PictureSettings() string { return ProfileSettings() + "/pictures" }

// Thumbnails allows thumbnails of a creator's latest posts (POST).
func Thumbnails() string { return ProfileSettings() + "/thumbnails" }

// ThumbnailRemoval deletes them, and takes that back (POST).
func ThumbnailRemoval() string { return Thumbnails() + "/removal" }

// PictureDescription saves what can be seen on a picture (POST).
func PictureDescription(id string) string { return PictureSettings() + "/" + esc(id) + "/description" }

// PictureMove moves a work forward or backward (POST).
func PictureMove(id string) string { return PictureSettings() + "/" + esc(id) + "/move" }

// PictureRemoval removes a picture (POST).
func PictureRemoval(id string) string { return PictureSettings() + "/" + esc(id) + "/removal" }

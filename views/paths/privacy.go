package paths

// AboutPrivacy says what is held on people, why and for how long.
func AboutPrivacy() string { return "/about/privacy" }

// PrivacySettings are where a person exports what is held on them, or erases it.
func PrivacySettings() string { return "/settings/privacy" }

// PrivacyExport is everything held on a person, as a zip (POST).
func PrivacyExport() string { return PrivacySettings() + "/export" }

// PrivacyErasure erases a person (POST).
func PrivacyErasure() string { return PrivacySettings() + "/erasure" }

// Claim is for whoever is behind a profile that nobody has claimed.
func Claim(creator string) string { return Creator(creator) + "/claim" }

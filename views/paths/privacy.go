package paths

// AboutPrivacy says what is stored about people, why and for how long.
func AboutPrivacy() string { return "/about/privacy" }

// PrivacySettings is where people export what is stored about them, or erase it.
func PrivacySettings() string { return "/settings/privacy" }

// PrivacyExport is everything stored about a person, as a ZIP file (POST).
func PrivacyExport() string { return PrivacySettings() + "/export" }

// PrivacyErasure erases a person (POST).
func PrivacyErasure() string { return PrivacySettings() + "/erasure" }

// ErasureCancellation lets a person stay whose erasure waits (POST).
func ErasureCancellation() string { return PrivacyErasure() + "/cancellation" }

// Claim is for the person behind a profile that nobody has claimed.
func Claim(creator string) string { return Creator(creator) + "/claim" }

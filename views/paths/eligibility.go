package paths

// EligibilitySettings say which programmes are a creator's.
func EligibilitySettings() string { return "/settings/eligibility" }

// BirthSettings is where a creator's birth date is sent (POST).
func BirthSettings() string { return EligibilitySettings() + "/birth" }

// LimitSettings are what a creator doesn't want to be asked for.
func LimitSettings() string { return "/settings/limits" }

// AudienceSettings are what a creator says of the audience.
func AudienceSettings() string { return ProfileSettings() + "/audience" }

// AdminProgrammes are the programmes, to be changed.
func AdminProgrammes() string { return "/admin/programmes" }

// AdminProgramme is where a programme's floor is sent (POST).
func AdminProgramme(key string) string { return AdminProgrammes() + "/" + esc(key) }

// AdminProgrammeRemoval takes a programme's floor away (POST).
func AdminProgrammeRemoval(key string) string { return AdminProgramme(key) + "/removal" }

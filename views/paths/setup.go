package paths

// Setup is where the first start asks for the instance's name and language, behind a link
// with a secret.
func Setup(secret string) string { return "/setup/" + esc(secret) }

// SetupMail asks for the mail server.
func SetupMail(secret string) string { return Setup(secret) + "/mail" }

// SetupAdmin asks for the first administrator.
func SetupAdmin(secret string) string { return Setup(secret) + "/administrator" }

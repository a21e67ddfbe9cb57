package paths

// ConnectedAccounts are a creator's accounts on platforms.
func ConnectedAccounts() string { return "/settings/accounts" }

// AccountRemoval disconnects one of them (POST).
func AccountRemoval(id string) string { return ConnectedAccounts() + "/" + esc(id) + "/removal" }

// RemovalStatus says what became of a removal that a platform asked for.
func RemovalStatus(code string) string { return "/deletion/" + esc(code) }

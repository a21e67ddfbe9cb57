package paths

// Accounts is where a creator connects and disconnects her accounts.
func Accounts() string { return "/settings/accounts" }

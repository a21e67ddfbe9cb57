package paths

import "net/url"

// Searches are the searches that a brand has saved; new ones are sent there (POST).
func Searches() string { return "/searches" }

// NewSearch is the form that saves a search with a filter.
func NewSearch(filter url.Values) string { return with(Searches()+"/new", filter) }

// SavedSearch is one saved search with its new creators; query is the place in
// their list, nil for its beginning.
func SavedSearch(id string, query url.Values) string { return with(Searches()+"/"+esc(id), query) }

// SearchName is where a search's new name is sent (POST).
func SearchName(id string) string { return SavedSearch(id, nil) + "/name" }

// SearchAlert is where the alert of a search is changed (POST).
func SearchAlert(id string) string { return SavedSearch(id, nil) + "/alert" }

// SearchMatchesSeen says that the new creators of a search were seen (POST).
func SearchMatchesSeen(id string) string { return SavedSearch(id, nil) + "/seen" }

// SearchRemoval deletes a search (POST).
func SearchRemoval(id string) string { return SavedSearch(id, nil) + "/removal" }

// Unsubscribe stops the mails from which its secret comes (POST, without a session).
func Unsubscribe(secret string) string { return Searches() + "/unsubscribe/" + esc(secret) }

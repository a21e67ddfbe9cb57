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

// Shortlists are the lists of creators that a brand keeps; new ones are sent there (POST).
func Shortlists() string { return "/shortlists" }

// Shortlist is one list; query is its filter and order, nil for the usual ones.
func Shortlist(id string, query url.Values) string { return with(Shortlists()+"/"+esc(id), query) }

// ShortlistAdditions is where a creator is put on lists (POST).
func ShortlistAdditions() string { return Shortlists() + "/add" }

// ShortlistAddition is the form for a creator.
func ShortlistAddition(creator string) string {
	return with(ShortlistAdditions(), url.Values{"creator": {creator}})
}

// ShortlistName is where a list's new name is sent (POST).
func ShortlistName(id string) string { return Shortlist(id, nil) + "/name" }

// ShortlistRemoval drops a list (POST).
func ShortlistRemoval(id string) string { return Shortlist(id, nil) + "/removal" }

// ShortlistCreator is where the note and the labels of a creator are sent (POST).
func ShortlistCreator(id, creator string) string {
	return Shortlist(id, nil) + "/creators/" + esc(creator)
}

// ShortlistCreatorRemoval takes a creator off a list (POST).
func ShortlistCreatorRemoval(id, creator string) string {
	return ShortlistCreator(id, creator) + "/removal"
}

// ShortlistBudget is the maths over a list; query is the amount, its currency
// and the format.
func ShortlistBudget(id string, query url.Values) string {
	return with(Shortlist(id, nil)+"/budget", query)
}

// Comparison is creators beside each other: query has their ids as c.
func Comparison(query url.Values) string { return with("/compare", query) }

// ExportCreators is a search as a file of a format, csv or xlsx.
func ExportCreators(format string, query url.Values) string {
	return with("/creators/export."+format, query)
}

// ExportShortlist is a list as a file; query is its filter and order.
func ExportShortlist(id, format string, query url.Values) string {
	return with(Shortlist(id, nil)+"/export."+format, query)
}

// ExportComparison is a comparison as a file; query has the ids as c.
func ExportComparison(format string, query url.Values) string {
	return with("/compare/export."+format, query)
}

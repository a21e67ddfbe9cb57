package paths

import "net/url"

// Searches are a brand's saved searches; it also saves a new one (POST).
func Searches() string { return "/searches" }

// NewSearch is the form that saves a search with a filter.
func NewSearch(filter url.Values) string { return WithQuery(Searches()+"/new", filter) }

// SavedSearch is one saved search with its new creators; query is the cursor in their
// list, nil for the beginning.
func SavedSearch(id string, query url.Values) string { return WithQuery(Searches()+"/"+esc(id), query) }

// SearchName renames a search (POST).
func SearchName(id string) string { return SavedSearch(id, nil) + "/name" }

// SearchAlert changes the alert of a search (POST).
func SearchAlert(id string) string { return SavedSearch(id, nil) + "/alert" }

// SearchMatchesSeen marks the new creators of a search as seen (POST).
func SearchMatchesSeen(id string) string { return SavedSearch(id, nil) + "/seen" }

// SearchRemoval deletes a search (POST).
func SearchRemoval(id string) string { return SavedSearch(id, nil) + "/removal" }

// Unsubscribe stops the mails that contain its secret (POST, without a session).
func Unsubscribe(secret string) string { return Searches() + "/unsubscribe/" + esc(secret) }

// Shortlists are a brand's lists of creators; it also creates a new one (POST).
func Shortlists() string { return "/shortlists" }

// Shortlist is one list; query is its filter and order, nil for the defaults.
func Shortlist(id string, query url.Values) string { return WithQuery(Shortlists()+"/"+esc(id), query) }

// ShortlistAdditions puts a creator on lists (POST).
func ShortlistAdditions() string { return Shortlists() + "/add" }

// ShortlistAddition is the form that puts a creator on lists.
func ShortlistAddition(creator string) string {
	return WithQuery(ShortlistAdditions(), url.Values{"creator": {creator}})
}

// Bookmark puts a creator on the list that the brand used last (POST).
func Bookmark(creator string) string { return Creator(creator) + "/bookmark" }

// ShortlistName renames a list (POST).
func ShortlistName(id string) string { return Shortlist(id, nil) + "/name" }

// ShortlistRemoval deletes a list (POST).
func ShortlistRemoval(id string) string { return Shortlist(id, nil) + "/removal" }

// ShortlistCreator saves the note and the labels of a creator (POST).
func ShortlistCreator(id, creator string) string {
	return Shortlist(id, nil) + "/creators/" + esc(creator)
}

// ShortlistCreatorRemoval removes a creator from a list (POST).
func ShortlistCreatorRemoval(id, creator string) string {
	return ShortlistCreator(id, creator) + "/removal"
}

// ShortlistBudget is the budget calculation of a list; query is the amount, its currency
// and the format.
func ShortlistBudget(id string, query url.Values) string {
	return WithQuery(Shortlist(id, nil)+"/budget", query)
}

// Comparison shows creators side by side; query has their ids as c.
func Comparison(query url.Values) string { return WithQuery("/compare", query) }

// ExportCreators exports a search as a file in a format, csv or xlsx.
func ExportCreators(format string, query url.Values) string {
	return WithQuery("/creators/export."+format, query)
}

// ExportShortlist exports a list as a file; query is its filter and order.
func ExportShortlist(id, format string, query url.Values) string {
	return WithQuery(Shortlist(id, nil)+"/export."+format, query)
}

// ExportComparison exports a comparison as a file; query has the ids as c.
func ExportComparison(format string, query url.Values) string {
	return WithQuery("/compare/export."+format, query)
}

package paths

import "net/url"

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

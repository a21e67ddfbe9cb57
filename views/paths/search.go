package paths

import "net/url"

// Creators is the search with its filters; nil is all creators.
func Creators(query url.Values) string { return with("/creators", query) }

// SimilarCreators are creators who are like one.
func SimilarCreators(creator string) string { return Creator(creator) + "/similar" }

// AdminRelevance says what the order by relevance is made of, and takes other
// weights (POST).
func AdminRelevance() string { return "/admin/relevance" }

package paths

import "net/url"

// Creators is the search with its filters; nil is all creators.
func Creators(query url.Values) string { return WithQuery("/creators", query) }

// SimilarCreators lists the creators who are most like one.
func SimilarCreators(creator string) string { return Creator(creator) + "/similar" }

// AdminRelevance shows the weights of the order by relevance, and changes them (POST).
func AdminRelevance() string { return "/admin/relevance" }

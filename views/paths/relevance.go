package paths

// AdminRelevance says what the order by relevance is made of, and takes other
// weights (POST).
func AdminRelevance() string { return "/admin/relevance" }

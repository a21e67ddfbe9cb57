package paths

// SimilarCreators are creators who are like one.
func SimilarCreators(creator string) string { return Creator(creator) + "/similar" }

package paths

// Similar are creators who are like one.
func Similar(creator string) string { return Creator(creator) + "/similar" }

package paths

// Picture is an uploaded picture; its sizes are below.
func Picture(id string) string { return "/pictures/" + esc(id) }

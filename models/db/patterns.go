package db

import "strings"

var likeReplacer = strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`)

// EscapeLike escapes a text that is to be found as it stands, for LIKE with ESCAPE '\'.
func EscapeLike(text string) string { return likeReplacer.Replace(text) }

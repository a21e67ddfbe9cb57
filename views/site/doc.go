// Package site shows the pages that belong to nobody: the first page, what is
// said about figures, rules and accessibility, problems, and a demo's mails.
package site

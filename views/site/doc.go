// Package site shows the home page, the dashboard, the pages about the site, and
// what to say when something goes wrong.
package site

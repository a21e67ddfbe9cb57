// Package site shows the home page, the dashboard, the pages about the site, and error
// pages.
package site

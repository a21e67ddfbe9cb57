// Package handlers mounts the addresses of every area. Package web is what the
// areas share, and handlers/<area> answers the addresses of one area, under the
// name that the area has in models, views and docs/authorisation.csv.
//
// In handlers/<area> the area's models are imported by their plain name, which
// a package never needs for itself, and the area's views as views. Views of
// another area are <area>views.
package handlers

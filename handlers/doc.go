// Package handlers mounts the addresses of every area. Package web is what the
// areas share, and handlers/<area> answers the addresses of one area, under the
// name that the area has in models, views and docs/authorisation.csv.
//
// In handlers/<area> the models of an area are imported by their plain name,
// which a package never needs for itself, and its views as <area>view.
package handlers

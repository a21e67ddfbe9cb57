// Package handlers mounts the routes of all areas. Package web is what the areas share,
// and handlers/<area> handles the requests of one area, under the name that the area has
// in models, views and docs/authorisation.csv.
//
// In handlers/<area> the models of an area are imported under their plain name, which the
// package never needs for itself, and its views as <area>view.
package handlers

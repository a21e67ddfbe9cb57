// Package account shows signing up and in, the settings of a person and of a
// brand, and what a creator sees of a brand.
package account

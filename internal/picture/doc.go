// Package picture draws the picture that is shown where somebody shares the
// address of a creator's page.
package picture

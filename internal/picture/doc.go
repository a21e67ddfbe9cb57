// Package picture draws the preview picture that is shown where the URL of a creator's
// page is shared.
package picture

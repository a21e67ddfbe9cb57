// Package documents shows what becomes a PDF: offers, media kits and blank forms.
package documents

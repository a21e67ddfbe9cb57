// Package documents shows what becomes a PDF: contracts, offers, media kits and blank forms.
package documents

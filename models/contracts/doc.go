// Package contracts keeps who the parties are by law, which law applies to a deal, and the
// contracts of deals: their documents, and who signed which bytes.
package contracts

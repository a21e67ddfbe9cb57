// Package sentence reads what people type into the search field, in English, French and
// Dutch: "beauty creators in France under 50k" becomes values of filters, and what is not
// understood is named. It is pure, and asks no service.
package sentence

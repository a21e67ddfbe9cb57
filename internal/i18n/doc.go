// Package i18n says everything a person reads in their language: messages,
// plurals, numbers, money, dates, names of countries and languages, and reads
// the amounts that people write.
package i18n

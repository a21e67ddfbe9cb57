// Package i18n produces everything that a person reads in their language: messages,
// plurals, numbers, money, dates, names of countries and languages. It also reads the
// amounts that people enter.
package i18n

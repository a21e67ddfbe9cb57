// Package setup shows the steps of the first start.
package setup

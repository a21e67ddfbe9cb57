// Package files shows uploaded pictures, and what stands for creators and brands that
// have none.
package files

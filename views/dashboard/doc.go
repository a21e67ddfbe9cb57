// Package dashboard shows what waits for whom.
package dashboard

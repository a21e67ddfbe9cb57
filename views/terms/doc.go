// Package terms shows what both sides of a partnership read alike: what was
// offered or agreed, the other side, the money and the history.
package terms

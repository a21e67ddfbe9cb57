// Package layouts is the frame around every page: head, masthead, main and foot.
package layouts

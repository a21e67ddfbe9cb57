package web

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// Route is a URL with its handler and its guard.
type Route struct {
	Method, Path string
	Handle       echo.HandlerFunc
	Guard        Guard
	MaxFile      int64 // of an upload, in bytes; 0 for a route that takes none
	Shared       bool  // caches share its answers, so that they set no cookie
}

// Get is a route that reads.
func Get(path string, handle echo.HandlerFunc, guard Guard) Route {
	return Route{Method: http.MethodGet, Path: path, Handle: handle, Guard: guard}
}

// GetShared is Get for what caches keep for everybody: it has no forms, and sets no cookie
// for them.
func GetShared(path string, handle echo.HandlerFunc, guard Guard) Route {
	return Route{Method: http.MethodGet, Path: path, Handle: handle, Guard: guard, Shared: true}
}

// Post is a route that changes something.
func Post(path string, handle echo.HandlerFunc, guard Guard) Route {
	return Route{Method: http.MethodPost, Path: path, Handle: handle, Guard: guard}
}

// Upload is Post for a form with a file of up to so many bytes.
func Upload(path string, handle echo.HandlerFunc, guard Guard, maxFile int64) Route {
	return Route{Method: http.MethodPost, Path: path, Handle: handle, Guard: guard, MaxFile: maxFile}
}

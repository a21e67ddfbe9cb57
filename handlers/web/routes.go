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
}

// Get is a route that reads.
func Get(path string, handle echo.HandlerFunc, guard Guard) Route {
	return Route{http.MethodGet, path, handle, guard}
}

// Post is a route that changes something.
func Post(path string, handle echo.HandlerFunc, guard Guard) Route {
	return Route{http.MethodPost, path, handle, guard}
}

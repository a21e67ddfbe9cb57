// Package instance runs the built program as an operator does, in processes that can be
// killed, between stand-ins for what it reaches outside: the platforms and a mail server.
// The parts of the soak share it.
package instance

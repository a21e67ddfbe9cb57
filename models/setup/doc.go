// Package setup holds what the first start asks for: the instance's name, language and
// mail server, and the one-time link behind which it makes the first administrator.
package setup

// Package negotiation shows offers, what changes between them, and the form that makes one.
package negotiation

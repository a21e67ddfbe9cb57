package accounts

import (
	"context"
	"sync"

	"tribemarket/models"
)

// SharedPassword is one password that several people are given, as those of a demo are.
// It is hashed once.
type SharedPassword struct {
	password string
	hash     func() (string, error)
}

// NewSharedPassword begins to hash a password, and does not wait for it.
func NewSharedPassword(ctx context.Context, password string) SharedPassword {
	p := SharedPassword{password, sync.OnceValues(func() (string, error) { return hashPassword(ctx, password) })}
	go func() { _, _ = p.hash() }()
	return p
}

// SignUpWithSharedPassword is SignUp for somebody who is given a shared password.
func (s *Store) SignUpWithSharedPassword(ctx context.Context, f SignUpForm, p SharedPassword) (models.Actor, error) {
	f.Password = p.password
	return s.signUp(ctx, f, p.hash)
}

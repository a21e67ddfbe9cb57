package dealtest

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"
	"sync"

	"tribemarket/models/files"
)

// MemoryStorage keeps the bytes of files in memory.
type MemoryStorage struct {
	mu    sync.Mutex
	bytes map[string][]byte
}

// NewMemoryStorage is an empty MemoryStorage.
func NewMemoryStorage() *MemoryStorage { return &MemoryStorage{bytes: map[string][]byte{}} }

// Put is part of files.Storage.
func (s *MemoryStorage) Put(_ context.Context, key string, r io.Reader, _ string) error {
	all, err := io.ReadAll(r)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bytes[key] = all
	return err
}

// Open is part of files.Storage.
func (s *MemoryStorage) Open(_ context.Context, key string) (io.ReadSeekCloser, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all, ok := s.bytes[key]
	if !ok {
		return nil, files.ErrNoBytes
	}
	return memoryFile{bytes.NewReader(all)}, nil
}

// Delete is part of files.Storage.
func (s *MemoryStorage) Delete(_ context.Context, key string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.bytes, key)
	return nil
}

// ListKeys is part of files.Storage.
func (s *MemoryStorage) ListKeys(_ context.Context, after string, most int) ([]files.StoredKey, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []files.StoredKey
	for k := range s.bytes {
		if k > after {
			all = append(all, files.StoredKey{Key: k})
		}
	}
	slices.SortFunc(all, func(a, b files.StoredKey) int { return strings.Compare(a.Key, b.Key) })
	return all[:min(most, len(all))], nil
}

type memoryFile struct{ *bytes.Reader }

// Close is part of io.Closer.
func (memoryFile) Close() error { return nil }

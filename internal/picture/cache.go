package picture

import (
	"container/list"
	"crypto/sha256"
	"sync"
)

// keptBytes is how much memory kept pictures take: more than a thousand.
const keptBytes = 32 << 20

// pictureCache keeps the pictures that were asked for last, up to a limit in bytes, by
// the hash of what they show.
type pictureCache struct {
	limit int

	mu     sync.Mutex
	size   int
	latest list.List // of keptPicture, the one that was asked for last in front
	at     map[[sha256.Size]byte]*list.Element
}

type keptPicture struct {
	key [sha256.Size]byte
	png []byte
}

func (c *pictureCache) get(key [sha256.Size]byte) ([]byte, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.at[key]
	if !ok {
		return nil, false
	}
	c.latest.MoveToFront(e)
	return e.Value.(keptPicture).png, true
}

func (c *pictureCache) add(key [sha256.Size]byte, png []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.at == nil {
		c.at = map[[sha256.Size]byte]*list.Element{}
	}
	if c.at[key] != nil {
		return
	}
	c.at[key] = c.latest.PushFront(keptPicture{key, png})
	c.size += len(png)
	for c.size > c.limit {
		oldest, _ := c.latest.Remove(c.latest.Back()).(keptPicture)
		c.size -= len(oldest.png)
		delete(c.at, oldest.key)
	}
}

package files

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
)

// Document is a file that the program has made and keeps as it is, such as a contract. Who
// may read it is decided by the area that names it.
type Document struct {
	ID         int64
	StorageKey string
	State      State
	SHA256     string // of its bytes, in hexadecimal
	Bytes      int64
	CreatedAt  time.Time
}

// TableName is the table's name, for GORM.
func (Document) TableName() string { return "documents" }

// PDF is the media type of documents.
const PDF = "application/pdf"

// documentPlace ends the storage keys of documents, as sizes end those of pictures.
const documentPlace = 0

func (d Document) key() string { return Picture{StorageKey: d.StorageKey}.storageKey(documentPlace) }

// PutDocument stores a document that nothing names yet. Unless KeepDocument follows, it is
// swept away, so that whoever is interrupted in between simply begins again.
func (s *Store) PutDocument(ctx context.Context, content []byte) (Document, error) {
	sum := sha256.Sum256(content)
	d := Document{StorageKey: newStorageKey(), State: Uploading, SHA256: hex.EncodeToString(sum[:]), Bytes: int64(len(content)), CreatedAt: s.clock()}
	if err := s.db.Tx(ctx, func(tx *db.Tx) error { return tx.Create(&d).Error }); err != nil {
		return d, models.Internal("keep a document", err)
	}
	if err := s.storage.Put(ctx, d.key(), bytes.NewReader(content), PDF); err != nil {
		return d, models.Internal("store a document", err)
	}
	return d, nil
}

// KeepDocument keeps a stored document, in the transaction that names it.
func KeepDocument(tx *db.Tx, id int64) error {
	res := tx.Model(&Document{}).Where("id = ? AND state = ?", id, Uploading).Update("state", Ready)
	if res.Error == nil && res.RowsAffected != 1 {
		return models.Internal("keep a document", errors.New("it has been swept away"))
	}
	return res.Error
}

// RemoveDocument removes a kept document that nothing names any more.
func RemoveDocument(tx *db.Tx, id int64) error {
	return tx.Model(&Document{}).Where("id = ? AND state = ?", id, Ready).Update("state", Removed).Error
}

// OpenDocument opens a kept document; the caller closes it.
func (s *Store) OpenDocument(ctx context.Context, id int64) (io.ReadSeekCloser, Document, error) {
	var d Document
	if err := s.db.Read(ctx).Where("id = ? AND state = ?", id, Ready).Take(&d).Error; err != nil {
		return nil, d, readError(notFoundOr(err))
	}
	content, err := s.storage.Open(ctx, d.key())
	if err != nil {
		return nil, d, models.Internal("open a document", err)
	}
	return content, d, nil
}

// sweepDocuments deletes the bytes of documents whose time is over, and documents that
// nothing came to name, bytes first.
func (s *Store) sweepDocuments(ctx context.Context) (int, error) {
	var gone []Document
	err := s.db.Read(ctx).Where("state = ? OR state = ? AND created_at < ?", Removed, Uploading, s.clock().Add(-uploadTime)).Order("id").Limit(sweepBatch).Find(&gone).Error
	if err != nil {
		return 0, err
	}
	for i, d := range gone {
		if err := s.storage.Delete(ctx, d.key()); err != nil {
			return i, err
		}
		err := s.db.Tx(ctx, func(tx *db.Tx) error {
			if d.State == Removed { // what names it goes on knowing its hash
				return tx.Model(&d).Where("state = ?", Removed).Update("state", Deleted).Error
			}
			return tx.Where("state = ?", Uploading).Delete(&d).Error
		})
		if err != nil {
			return i, err
		}
	}
	return len(gone), nil
}

// Package db is the one place that knows the database: it opens SQLite or
// PostgreSQL behind GORM, migrates it, and runs the one kind of transaction,
// which carries the job queue.
package db

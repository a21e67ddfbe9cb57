package db

// LimitRow is the model of the table limits.
type LimitRow = limitRow

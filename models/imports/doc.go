// Package imports reads lists and statistics of creators out of files as people have
// them, and has the creators' area take them in.
package imports

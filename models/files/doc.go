// Package files keeps the pictures that people upload: whose they are, where they are
// shown, and who may see them; and the documents that the program makes. The bytes are a
// Storage's.
package files

// Package files keeps the pictures that people upload: whose they are, where they are
// shown, and who may see them. The bytes are a Storage's.
package files

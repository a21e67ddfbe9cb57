// Package contracts shows what contracts are made from.
package contracts

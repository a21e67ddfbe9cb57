// Package imports shows administrators the files that they import.
package imports

package sheets

import (
	"errors"
	"io"

	"tribemarket/models"
)

// readError is the reason why a file cannot be read as a table.
func readError(key, file string, cause error, args ...any) error {
	if errors.Is(cause, io.EOF) {
		cause = io.ErrUnexpectedEOF // otherwise half a table would look complete
	}
	return &models.Error{Code: models.CodeInvalid, Key: key, Args: append([]any{"file", file}, args...), Cause: cause}
}

func unreadableFile(file string, cause error) error {
	return readError("imports.error.unreadable", file, cause)
}

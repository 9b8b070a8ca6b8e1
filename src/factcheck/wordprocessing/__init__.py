"""Word files (.docx): opened safely, and walked paragraph by paragraph for the reader and for the writer of comments alike."""

"""The same answers put into sentences and documents: one content, written as Word, PDF, slides and workbook."""

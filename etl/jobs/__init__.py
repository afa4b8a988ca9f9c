"""Imports in progress: files in staging, the watched folder, the process that reads them."""

"""The one place where a number is defined and made."""

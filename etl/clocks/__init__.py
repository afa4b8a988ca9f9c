"""The calendar of working days and the deadlines of a case, as a generation holds them."""

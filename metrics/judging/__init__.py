"""Where the warehouse meets statistics: what a number means beside others, before it, and without its largest part."""

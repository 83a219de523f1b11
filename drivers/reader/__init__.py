"""Readers: identity cards, tags, barcodes."""

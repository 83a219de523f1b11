"""Tables in files: CSV, XLSX and GeoJSON read and written against a room's columns."""

from console.core.tables_file.reading import read_table
from console.core.tables_file.writing import give_table, write_table

__all__ = ["give_table", "read_table", "write_table"]

"""The office shell: work list, tables, detail pages, history."""

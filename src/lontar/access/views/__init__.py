"""Screens of access: parse, one action or query, render. Who may is asked of `policies`, at the door and for the record."""

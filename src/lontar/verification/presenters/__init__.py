"""What the screens of sign-offs and returned fields give to templates."""

"""The screens of issued papers."""

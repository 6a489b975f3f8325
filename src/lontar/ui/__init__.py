"""Layout, components, formats, charts and static maps: what every page is put together from.

Holds no model and knows no other app. Apps hand it presenters (frozen dataclasses); their wording, queries and
permissions stay with them.
"""

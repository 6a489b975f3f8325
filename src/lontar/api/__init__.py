"""API v1 of the house: the routers of all apps in one, its manual, and the health checks."""

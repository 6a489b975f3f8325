"""The decreed mapping document of a region: issued, kept, downloaded, verified. Paper itself: `lontar.engines.papers`."""

"""Rules of the 90-day map: days and weeks, parts of readiness, what a plan may ask for, verdicts."""

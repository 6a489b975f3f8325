"""What returns tell: frames for figures, progress, the standing of a month, one producer's history."""

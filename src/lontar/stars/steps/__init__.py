"""Where the evidence of assessments is kept, and how what nobody names any more is taken away."""

"""Who may act: agencies, posts and their holders over time, roles, sign-in, region scope, API tokens."""

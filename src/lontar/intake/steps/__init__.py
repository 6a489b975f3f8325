"""The steps of a batch: keep the file, read it, check it, bring it into the registry chunk by chunk."""
